using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Kops.Api.Tests.Yaml;

/// <summary>The public YAML test suite, which <c>eng/yaml-suite.sh </c> installs.</summary>
internal static class YamlSuite
{
    /// <summary>The cases, or the reason why there are none.</summary>
    public static (IReadOnlyList<YamlSuiteCase> Cases, string Reason) Load()
    {
        using var script = Process.Start(
            new ProcessStartInfo(Path.Combine(RepositoryRoot(), "eng", "yaml-suite.sh")) { RedirectStandardOutput = true }
        )!;
        var answer = script.StandardOutput.ReadToEnd().Trim();
        script.WaitForExit();
        if (script.ExitCode != 0)
            return ([], answer);
        return (
            [
                .. Directory
                    .GetFiles(answer, "????.js")
                    .Order(StringComparer.Ordinal)
                    .SelectMany(file => Read(Path.GetFileNameWithoutExtension(file), File.ReadAllText(file))),
            ],
            string.Empty
        );
    }

    public static string RepositoryRoot([CallerFilePath] string path = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "..", "..", ".."));

    private static IEnumerable<YamlSuiteCase> Read(string id, string module)
    {
        var start = module.IndexOf("export default ", StringComparison.Ordinal);
        if (start < 0)
            yield break;
        using var json = JsonDocument.Parse(module[(start + "export default ".Length)..].TrimEnd().TrimEnd(';'));
        var cases = json.RootElement.GetProperty("cases").EnumerateArray().ToList();
        for (var i = 0; i < cases.Count; i++)
        {
            var each = cases[i];
            yield return new(
                cases.Count == 1 ? id : $"{id}/{i}",
                (each.TryGetProperty("name", out var name) ? name : json.RootElement.GetProperty("name")).GetString()!,
                each.GetProperty("yaml").GetString()!,
                each.TryGetProperty("json", out var expected) ? expected.GetString() : null,
                each.TryGetProperty("fail", out var fail) && fail.ValueKind == JsonValueKind.True
            );
        }
    }
}
