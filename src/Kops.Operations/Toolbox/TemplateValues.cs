using System.Globalization;
using System.Text;
using Kops.Api;
using Kops.Api.Documents;
using Kops.Api.Yaml;
using Kops.Templates.Values;

namespace Kops.Operations.Toolbox;

/// <summary>The dot of the templates: files of values, then assignments, then the cluster's name.</summary>
internal static class TemplateValues
{
    private const string ClusterName = "clusterName";

    /// <exception cref="OperationException">An assignment is malformed.</exception>
    /// <exception cref="InvalidObjectException">A file is no YAML, or no map.</exception>
    public static TemplateMap Of(TemplateRequest request)
    {
        var values = new TemplateMap();
        foreach (var file in request.Values)
            Merge(values, Read(file));
        foreach (var assignment in request.Assignments)
            ValueAssignment.Apply("--set", assignment, values, isText: false);
        foreach (var assignment in request.TextAssignments)
            ValueAssignment.Apply("--set-string", assignment, values, isText: true);
        if (request.ClusterName is not null)
            values[ClusterName] = request.ClusterName;
        return values;
    }

    private static TemplateMap Read(TemplateFile file) =>
        YamlReader.Read(Encoding.UTF8.GetBytes(file.Text), file.Name) switch
        {
            [] => [],
            [{ Root: MappingNode mapping }, ..] => Convert(mapping),
            [{ Root: ScalarNode { Kind: ScalarKind.Null } }, ..] => [],
            _ => throw new InvalidObjectException(file.Name, [new Problem(string.Empty, "expected a map of values: name: value")]),
        };

    private static TemplateMap Convert(MappingNode mapping)
    {
        var map = new TemplateMap();
        foreach (var (name, value) in mapping)
            map[name] = Convert(value);
        return map;
    }

    // kOps reads values as JSON, whose numbers are float64: 1000000 prints as 1e+06.
    private static Value Convert(Node node) =>
        node switch
        {
            MappingNode mapping => Convert(mapping),
            SequenceNode sequence => new TemplateList(sequence.Select(Convert)),
            ScalarNode { Kind: ScalarKind.Boolean } scalar => scalar.Text == "true",
            ScalarNode { Kind: ScalarKind.Integer or ScalarKind.Float } scalar => double.Parse(scalar.Text, CultureInfo.InvariantCulture),
            ScalarNode { Kind: ScalarKind.Text } scalar => scalar.Text,
            _ => Value.Nil,
        };

    private static void Merge(TemplateMap below, TemplateMap above)
    {
        foreach (var (key, value) in above)
        {
            if (value.Kind == ValueKind.Map && below.TryGetValue(key, out var known) && known.Kind == ValueKind.Map)
                Merge(known.AsMap(), value.AsMap());
            else
                below[key] = value;
        }
    }
}
