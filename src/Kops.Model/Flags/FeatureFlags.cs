namespace Kops.Model.Flags;

/// <summary>The features that are switched on, as <c>KOPS_FEATURE_FLAGS</c> names them: <c>+Metal,-ImageDigest,Scaleway</c>.</summary>
public sealed class FeatureFlags
{
    // kOps 1.37 has these on unless told otherwise.
    private static readonly string[] OnByDefault = ["SpotinstController", "TerraformManagedFiles", "ImageDigest"];

    private readonly HashSet<string> _enabled;

    private FeatureFlags(HashSet<string> enabled) => _enabled = enabled;

    /// <summary>The features that are on when nothing is said.</summary>
    public static FeatureFlags Default { get; } = Parse(null);

    /// <summary>Reads the list; names that nobody knows are kept, as kOps does.</summary>
    public static FeatureFlags Parse(string? text)
    {
        var enabled = OnByDefault.ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var item in (text ?? string.Empty).Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var name = item.TrimStart('+', '-');
            if (item.StartsWith('-'))
                enabled.Remove(name);
            else
                enabled.Add(name);
        }

        return new FeatureFlags(enabled);
    }

    /// <summary>Whether the feature is on.</summary>
    public bool IsOn(string name) => _enabled.Contains(name);
}
