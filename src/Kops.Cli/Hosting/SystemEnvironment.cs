using System.Collections;

namespace Kops.Cli.Hosting;

/// <summary>The environment variables, read once.</summary>
internal static class SystemEnvironment
{
    public static IReadOnlyDictionary<string, string> Read()
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
            variables[(string)variable.Key] = (string?)variable.Value ?? string.Empty;
        return variables;
    }
}
