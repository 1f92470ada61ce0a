using Kops.Resources.Selection;
using Kops.Resources.Values;

namespace Kops.Operations.Terraform;

/// <summary>kOps' way to say that some kinds of resources are not its business.</summary>
public static class LifecycleOverrides
{
    private static readonly string[] Written = ["Sync", "WarnIfInsufficientAccess"];
    private static readonly string[] Looking = ["ExistsAndValidates", "ExistsAndWarnIfChanges"];

    /// <summary>Which resources are written.</summary>
    /// <param name="phase">The last phase that is written; null for all.</param>
    /// <param name="overrides">Each <c>KIND=LIFECYCLE</c>: <c>SecurityGroup=Ignore</c>.</param>
    /// <exception cref="OperationException">There is no such phase or life cycle.</exception>
    public static ResourceSelection Select(string? phase, IReadOnlyList<string> overrides)
    {
        ArgumentNullException.ThrowIfNull(overrides);
        var last = phase switch
        {
            null or "" or "cluster" => Phase.Cluster,
            "network" => Phase.Network,
            "security" => Phase.Security,
            _ => throw OperationException.InvalidRequest($"--phase: there is no phase '{phase}'; there are network, security and cluster"),
        };
        return new(last, [.. overrides.Select(Parse).Where(one => one.IsLeftOut).Select(one => one.Kind)]);
    }

    private static (string Kind, bool IsLeftOut) Parse(string text)
    {
        if (text.Split('=') is not [{ Length: > 0 } kind, { Length: > 0 } value])
            throw OperationException.InvalidRequest($"--lifecycle-overrides: '{text}' is not KIND=LIFECYCLE; write SecurityGroup=Ignore");
        if (Looking.Contains(value, StringComparer.OrdinalIgnoreCase))
            throw OperationException.InvalidRequest(
                $"--lifecycle-overrides: {text}: Terraform compares with the cloud by itself when it is run; use {kind}=Ignore"
            );
        var isLeftOut = string.Equals(value, "Ignore", StringComparison.OrdinalIgnoreCase);
        return isLeftOut || Written.Contains(value, StringComparer.OrdinalIgnoreCase)
            ? (kind, isLeftOut)
            : throw OperationException.InvalidRequest(
                $"--lifecycle-overrides: there is no life cycle '{value}'; there are Sync and Ignore"
            );
    }
}
