using Kops.Api.Documents;
using Kops.Api.Schema;
using Kops.Build.Trees;

namespace Kops.Build.Addons.Objects;

/// <summary>Metadata as kOps writes it, through Kubernetes' own type: what that does not know is gone, and what is empty.</summary>
internal static class TypedMetadata
{
    private static readonly TypeSchema Type = ApiSchema.V1Alpha2.Find("ObjectMeta")!;

    public static MappingNode Of(MappingNode? metadata) =>
        Tree.Map([.. Type.Fields.Select(field => (field.Name, Kept(metadata?[field.Name])))]);

    /// <summary>Sets a label, whatever it says.</summary>
    public static void Label(MappingNode metadata, string key, string value) => metadata.Ensure("labels")[key] = Tree.Text(value);

    /// <summary>Sets a label that says nothing else yet.</summary>
    /// <exception cref="FormatException">It says something else.</exception>
    public static void Select(MappingNode metadata, string key, string value)
    {
        if (Tree.TextAt(metadata, "labels", key) is { } found && found != value)
            throw new FormatException($"label {key} of {Tree.TextAt(metadata, "name")} is '{found}', not '{value}'");
        Label(metadata, key, value);
    }

    private static Node? Kept(Node? value) =>
        value switch
        {
            MappingNode { Count: 0 } or SequenceNode { Count: 0 } or ScalarNode { Kind: ScalarKind.Null } or ScalarNode { Text: "" } =>
                null,
            // Labels and annotations are texts.
            MappingNode map => Tree.Map(
                map.Select(pair => KeyValuePair.Create(pair.Key, (pair.Value as ScalarNode)?.Text ?? string.Empty))
            ),
            _ => value,
        };
}
