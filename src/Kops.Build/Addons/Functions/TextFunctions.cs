using Kops.Api.Yaml;
using Kops.Build.Addons.Spec;
using Kops.Templates.Functions;
using Kops.Templates.Values;
using static Kops.Templates.Values.ParameterType;

namespace Kops.Build.Addons.Functions;

/// <summary>What makes texts of values; knows nothing of the cluster.</summary>
internal static class TextFunctions
{
    public static void AddTo(FunctionTable table) =>
        table
            // sprig's takes the text last.
            .Add("replace", [Text, Text, Text], call => call.Text(0).Replace(call.Text(1), call.Text(2), StringComparison.Ordinal))
            .Add("joinHostPort", [Text, Text], call => HostPort(call.Text(0), call.Text(1)))
            .Add("ToJSON", [Any], call => OrderedJson.Write(SpecValues.ToNode(call[0])))
            .Add("ToYAML", [Any], call => YamlWriter.Write(SpecValues.ToNode(call[0])))
            .Add("WithDefaultBool", [Any, Bool], call => call[0].IsNil ? call[1] : call[0].AsBool())
            .Add("GetString", [Any], call => call[0].IsNil ? string.Empty : call[0].AsString());

    private static Value HostPort(string host, string port) =>
        host.Contains(':', StringComparison.Ordinal) ? $"[{host}]:{port}" : $"{host}:{port}";
}
