using Kops.Build.Input;

namespace Kops.Build.Assets;

/// <summary>What processors machines have.</summary>
public static class Architectures
{
    /// <summary>Intel's and AMD's.</summary>
    public const string Amd64 = "amd64";

    /// <summary>ARM's of 64 bits.</summary>
    public const string Arm64 = "arm64";

    /// <summary>Those that files are named for: both, or the one that <c>KOPS_ARCH</c> names.</summary>
    /// <exception cref="FormatException">It names none of them.</exception>
    public static IReadOnlyList<string> Of(BuildVariables variables)
    {
        ArgumentNullException.ThrowIfNull(variables);
        return variables[VariableNames.Architecture]?.Trim() switch
        {
            null => [Amd64, Arm64],
            Amd64 => [Amd64],
            Arm64 => [Arm64],
            var other => throw new FormatException($"{VariableNames.Architecture}: there is no architecture '{other}'; use amd64 or arm64"),
        };
    }
}
