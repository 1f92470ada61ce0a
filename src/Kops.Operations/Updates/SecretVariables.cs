using System.Text;
using Kops.Build.Input;

namespace Kops.Operations.Updates;

/// <summary>Secrets of the caller's environment, which kOps hands on to the control plane in the manifests of its pods.</summary>
internal sealed class SecretVariables
{
    private static readonly string[] Endings = ["_KEY", "_PASSWORD", "_SECRET", "_TOKEN"];

    private readonly List<byte[]> _values;

    private SecretVariables(List<byte[]> values) => _values = values;

    /// <summary>Those that are set.</summary>
    public static SecretVariables In(BuildVariables variables) =>
        new([
            .. variables
                .Values.Where(variable => Endings.Any(ending => variable.Key.EndsWith(ending, StringComparison.Ordinal)))
                .Select(variable => Encoding.UTF8.GetBytes(variable.Value)),
        ]);

    /// <summary>Whether one of them stands in a file.</summary>
    public bool AreIn(ReadOnlyMemory<byte> content) => _values.Exists(value => content.Span.IndexOf(value) >= 0);
}
