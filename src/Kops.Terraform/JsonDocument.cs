using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kops.Resources.Values;

namespace Kops.Terraform;

/// <summary>
/// Writes a configuration in Terraform's JSON (https://developer.hashicorp.com/terraform/language/syntax/json): texts are templates, and
/// what is worked out stands in them.
/// </summary>
internal sealed class JsonDocument(Literals literals)
{
    // There the language expects names, not values.
    private static readonly string[] TakeNames = ["ignore_changes", "provider"];

    private static readonly JsonWriterOptions Layout = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The configuration.</summary>
    public byte[] Write(CloudResources resources, IReadOnlyList<HclResource> written)
    {
        var outputs = resources.Outputs.OrderBy(output => output.Name, StringComparer.Ordinal).ToList();
        var root = new JsonObject
        {
            ["locals"] = Object(outputs.Select(output => KeyValuePair.Create(output.Name, Node(output.Value)))),
            ["output"] = Object(
                outputs.Select(output => KeyValuePair.Create(output.Name, (JsonNode?)new JsonObject { ["value"] = Node(output.Value) }))
            ),
            ["provider"] = Object(
                from provider in resources.Providers
                orderby provider.Alias
                group (JsonNode?)Block(TerraformConfiguration.ProviderSettings(provider)) by provider.Name into uses
                orderby uses.Key
                select KeyValuePair.Create(uses.Key, (JsonNode?)new JsonArray([.. uses]))
            ),
            ["resource"] = Kinds(written.Where(resource => !resource.IsShared)),
            ["data"] = Kinds(written.Where(resource => resource.IsShared)),
            ["terraform"] = Needs(resources.Providers),
        };
        foreach (var (name, part) in root.ToList())
        {
            if (part is JsonObject { Count: 0 })
                root.Remove(name);
        }

        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Layout))
            root.WriteTo(writer);
        buffer.WriteByte((byte)'\n');
        return buffer.ToArray();
    }

    private JsonObject Kinds(IEnumerable<HclResource> resources) =>
        Object(
            resources
                .GroupBy(resource => resource.Kind)
                .Select(kind =>
                    KeyValuePair.Create(
                        kind.Key,
                        (JsonNode?)Object(
                            kind.Select(resource => KeyValuePair.Create(resource.Name, (JsonNode?)Block(resource.Attributes)))
                        )
                    )
                )
        );

    private static JsonObject Needs(IReadOnlyList<Provider> providers)
    {
        var needs = new JsonObject();
        foreach (var (name, source, version, aliases) in TerraformBlock.Needs(providers))
        {
            needs[name] = new JsonObject { ["source"] = source, ["version"] = version };
            if (aliases.Count > 0)
                needs[name]!["configuration_aliases"] = new JsonArray([.. aliases.Select(alias => JsonValue.Create(alias))]);
        }

        return new() { ["required_version"] = TerraformBlock.Version, ["required_providers"] = needs };
    }

    private JsonObject Block(IEnumerable<KeyValuePair<string, Value>> attributes) =>
        Object(
            attributes
                .OrderBy(attribute => attribute.Key, StringComparer.Ordinal)
                .Select(attribute =>
                    KeyValuePair.Create(attribute.Key, TakeNames.Contains(attribute.Key) ? Names(attribute.Value) : Node(attribute.Value))
                )
        );

    private JsonNode? Node(Value value) =>
        value switch
        {
            TextValue text => JsonValue.Create(HclText.Template(text.Text)),
            NumberValue number => JsonValue.Create(number.Number),
            BooleanValue boolean => JsonValue.Create(boolean.IsTrue),
            Expression expression => JsonValue.Create($"${{{expression.Text}}}"),
            Reference reference => Node(literals.Resolve(reference)),
            ListValue list => new JsonArray([.. literals.Items(list).Select(Node)]),
            Block block => Block(block),
            MapValue map => Object(
                map.Entries.OrderBy(entry => entry.Key, StringComparer.Ordinal)
                    .Select(entry => KeyValuePair.Create(HclText.Template(entry.Key), Node(entry.Value)))
            ),
            _ => throw new InvalidOperationException($"{value.GetType().Name} is no value of Terraform's"),
        };

    private static JsonNode? Names(Value value) =>
        value switch
        {
            Expression name => JsonValue.Create(name.Text),
            ListValue names => new JsonArray([.. names.Items.Select(Names)]),
            TextValue name => JsonValue.Create(name.Text),
            _ => throw new InvalidOperationException($"{value.GetType().Name} is no name"),
        };

    private static JsonObject Object(IEnumerable<KeyValuePair<string, JsonNode?>> members) => new(members);
}
