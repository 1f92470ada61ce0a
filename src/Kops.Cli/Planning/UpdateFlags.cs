using Kops.Cli.Addons;
using Kops.Cli.CommandLine;
using Kops.Operations.Updates;

namespace Kops.Cli.Planning;

/// <summary>The flags by which an update goes on where it stops by itself, whatever it is written into.</summary>
internal static class UpdateFlags
{
    private static readonly Flag<bool> IgnoreSkew = Flag.Switch(
        "ignore-kubelet-version-skew",
        "Give nodes the new Kubernetes version at once, although the control plane may still have the old one"
    );

    private static readonly Flag<bool> AllowUnsafe = Flag.Switch(
        "allow-unsafe-changes",
        "Go on although a minor version of Kubernetes is left out or taken back, or what etcd cannot change is changed"
    );

    /// <summary>All of them, but for the one that other commands take as well.</summary>
    public static IReadOnlyList<Flag> All { get; } = [IgnoreSkew, AllowUnsafe, .. AddonFlags.All];

    /// <summary>What the user allows, and where addons are made from.</summary>
    public static Task<UpdateOptions> ReadAsync(Invocation run, CancellationToken cancellationToken) =>
        AddonFlags.AddToAsync(
            run,
            new()
            {
                AllowKopsDowngrade = run.Get(PlanFlags.AllowDowngrade),
                IgnoreKubeletVersionSkew = run.Get(IgnoreSkew),
                AllowUnsafeChanges = run.Get(AllowUnsafe),
            },
            cancellationToken
        );
}
