using System.Globalization;
using Kops.Api.Values;
using Kops.Build.Input;

namespace Kops.Build.Manifests;

/// <summary>What etcd-manager is told of the etcd that it runs.</summary>
internal static class EtcdArguments
{
    // Where the backups of machines without a cloud lie: on the machine.
    private const string LocalBackups = "file:///mnt/disks/backups";
    private const int LogLevel = 6;

    /// <summary>The flags, sorted as whole texts.</summary>
    public static IEnumerable<string> Of(BuildContext context, EtcdMember member) =>
        Flags(context, member)
            .Where(flag => flag.Value is not null)
            .Select(flag => $"--{flag.Name}={flag.Value}")
            .Order(StringComparer.Ordinal);

    /// <summary>The account of a store on Azure, which etcd-manager wants in its environment; null for other stores.</summary>
    public static string? AzureAccount(EtcdMember member) =>
        BackupStore(member) is var store && store.StartsWith(Azure, StringComparison.Ordinal) ? store[Azure.Length..].Split('/')[0] : null;

    private const string Azure = "azureblob://";

    private static IEnumerable<(string Name, string? Value)> Flags(BuildContext context, EtcdMember member)
    {
        var manager = member.Etcd.Manager;
        var ports = EtcdPorts.Of(member.Name);
        var disks = EtcdDisks.Of(context, member);
        var isMetal = context.Cloud.Name == "metal";
        var scheme = member.Name == "events" && context.Request.Features.IsOn("EtcdEventsHTTP") ? "http" : "https";
        return
        [
            ("backup-store", isMetal ? LocalBackups : WithoutAccount(member)),
            ("backup-interval", Duration(manager?.BackupInterval)),
            ("discovery-poll-interval", Duration(manager?.DiscoveryPollInterval)),
            ("client-urls", $"{scheme}://{ClientHost(context, member)}:{ports.Client}"),
            ("cluster-name", member.ClusterName),
            ("containerized", "true"),
            ("dns-suffix", $".internal.{context.Name}"),
            ("etcd-insecure", scheme == "http" ? "true" : null),
            ("grpc-port", Number(ports.Grpc)),
            ("peer-urls", $"{scheme}://__name__:{ports.Peer}"),
            ("quarantine-client-urls", $"{scheme}://__name__:{ports.Quarantine}"),
            ("network-cidr", context.Cloud.Name == "openstack" ? context.Spec.NetworkCIDR : null),
            ("static-config", isMetal ? StaticConfig(context, member) : null),
            ("v", Number(manager?.LogLevel ?? LogLevel)),
            ("volume-provider", disks.Provider),
            ("volume-name-tag", disks.NameTag),
            .. disks.Tags.Select(tag => ("volume-tag", (string?)tag)),
        ];
    }

    private static string ClientHost(BuildContext context, EtcdMember member) =>
        context.HasApiServerNodes ? $"{member.Name}.etcd.internal.{context.Name}"
        : member.Name == "cilium" ? $"api.internal.{context.Name}"
        : "__name__";

    private static string BackupStore(EtcdMember member) =>
        member.Etcd.Backups?.BackupStore ?? throw new FormatException($"spec.etcdClusters: '{member.Name}' has no backup store");

    private static string WithoutAccount(EtcdMember member) =>
        AzureAccount(member) is { } account ? Azure + BackupStore(member)[(Azure.Length + account.Length + 1)..] : BackupStore(member);

    // One machine: more cannot be told of in advance.
    private static string StaticConfig(BuildContext context, EtcdMember member)
    {
        var (id, host) = ($"{context.Name}--{member.Name}--0", $"node0.{member.Name}.{context.Name}");
        return $$"""{"etcdVersion":"{{member.Etcd.Version}}","nodes":[{"id":"{{id}}","ip":["{{host}}"]}]}""";
    }

    private static string? Duration(string? text) =>
        text is null ? null
        : GoDuration.TryParse(text, out var nanoseconds) ? GoDuration.Format(nanoseconds)
        : throw new FormatException($"spec.etcdClusters: '{text}' is not a length of time: write it as 1h0m0s");

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
