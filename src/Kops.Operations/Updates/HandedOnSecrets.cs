using System.Text;
using Kops.Build.Input;

namespace Kops.Operations.Updates;

/// <summary>
/// Secrets that kOps hands on in manifests of pods and of addons: those of the caller's environment, and the one of Cilium. Files that hold
/// them are neither shown nor kept in the history.
/// </summary>
internal sealed class HandedOnSecrets
{
    private static readonly string[] Endings = ["_KEY", "_PASSWORD", "_SECRET", "_TOKEN"];

    private readonly List<byte[]> _values;

    private HandedOnSecrets(List<byte[]> values) => _values = values;

    /// <summary>Those that there are.</summary>
    public static HandedOnSecrets In(BuildRequest request) =>
        new([
            .. request
                .Variables.Values.Where(variable => Endings.Any(ending => variable.Key.EndsWith(ending, StringComparison.Ordinal)))
                .Select(variable => variable.Value)
                .Concat(CiliumKeys(request.CiliumPassword))
                .Select(Encoding.UTF8.GetBytes),
        ]);

    /// <summary>Whether one of them stands in a file.</summary>
    public bool AreIn(ReadOnlyMemory<byte> content) => _values.Exists(value => content.Span.IndexOf(value) >= 0);

    // The secret is "keys: 3 rfc4106(gcm(aes)) 1a2b... 128": the long words of it are what must not be seen.
    private static IEnumerable<string> CiliumKeys(string? password) =>
        (password ?? string.Empty)
            .Split((char[])[' ', '\n', '\r', '\t', '"', '\''], StringSplitOptions.RemoveEmptyEntries)
            .Where(word => word.Length >= 8);
}
