using Kops.Api;

namespace Kops.Model.NewCluster;

/// <summary>Who may reach the API and SSH, and how they are authorized.</summary>
internal static class AccessSetup
{
    // kOps 1.37: open to the world, in both address families.
    private static readonly string[] Anywhere = ["0.0.0.0/0", "::/0"];

    public static void Apply(ClusterDraft draft)
    {
        IReadOnlyList<string> admins = draft.Flags.AdminAccess is { Count: > 0 } given ? given : Anywhere;
        draft.Spec.KubernetesApiAccess.Set(admins);
        draft.Spec.SshAccess.Set(draft.Flags.SshAccess is { Count: > 0 } ssh ? ssh : admins);

        Authorize(draft.Spec, draft.Flags);
        draft.Spec.EnsureKubelet().AnonymousAuth = false;
    }

    /// <summary>Sets the one mode, and takes the other away.</summary>
    public static void Authorize(ClusterSpec spec, ClusterFlags flags)
    {
        var isOpen = string.Equals(flags.Authorization, "AlwaysAllow", StringComparison.OrdinalIgnoreCase);
        if (isOpen ? spec.Authorization?.AlwaysAllow is not null : spec.Authorization?.Rbac is not null)
            return;
        spec.Authorization = new();
        if (isOpen)
            spec.Authorization.EnsureAlwaysAllow();
        else
            spec.Authorization.EnsureRbac();
    }
}
