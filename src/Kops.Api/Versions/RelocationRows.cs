namespace Kops.Api.Versions;

/// <summary>Rows that the tables of relocations have in common.</summary>
internal static class RelocationRows
{
    /// <summary>Fields that kOps drops as soon as it has read them.</summary>
    public static IEnumerable<Relocation> Gone(string at, string names) => Names(names).Select(name => new Relocation(at, name, null));

    /// <summary>Fields that kOps keeps in v1alpha2, and cannot write in v1alpha3.</summary>
    public static IEnumerable<Relocation> Internal(string at, string names) =>
        Names(names).Select(name => new Relocation(at, name, null) { IsKeptInStored = true });

    public static IEnumerable<Relocation> KubeletLosses(string at) =>
        Internal(
            at,
            """
            apiServers clientCaFile requireKubeconfig hostnameOverride allowPrivileged configureCbr0 babysitDaemons nvidiaGPUs reconcileCIDR
            registerSchedulable nodeLabels enableCustomMetrics experimentalAllowedUnsafeSysctls dockerDisableSharedPID
            """
        );

    public static IEnumerable<Relocation> Kubelet(string at) =>
        [new(at, "authenticationTokenWebhookCacheTtl", "authenticationTokenWebhookCacheTTL")];

    public static IEnumerable<Relocation> Hooks(string at) =>
        [new(at, "disabled", "enabled", new Negated()), new(at, "roles", "roles", new RoleName())];

    public static string[] Names(string text) => text.Split([' ', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries);
}
