using System.Globalization;
using Kops.Api;
using Kops.Api.Documents;
using Kops.Build.Input;
using Kops.Build.Trees;

namespace Kops.Build.Manifests;

/// <summary>The pod that runs a member of etcd: etcd-manager, with etcd in all versions that it may have to run.</summary>
internal static class EtcdManifest
{
    /// <summary>The manifest of a member.</summary>
    /// <exception cref="FormatException">The etcd asks for what etcd-manager does not do.</exception>
    public static byte[] Of(BuildContext context, EtcdMember member)
    {
        if (member.Etcd.LeaderElectionTimeout is not null || member.Etcd.HeartbeatInterval is not null)
            throw new FormatException(
                $"spec.etcdClusters: '{member.Name}' sets leaderElectionTimeout or heartbeatInterval: remove it, etcd-manager has none"
            );
        var name = $"etcd-manager-{member.Name}";
        var metadata = Tree.Map(
            (
                "annotations",
                context.HasApiServerNodes
                    ? Tree.Map(("dns.alpha.kubernetes.io/internal", Tree.Text($"{member.Name}.etcd.internal.{context.Name}")))
                    : null
            ),
            ("labels", Tree.Map(("k8s-app", Tree.Text(name)))),
            ("name", Tree.Text(name)),
            ("namespace", Tree.Text("kube-system"))
        );
        var images = EtcdImages.Of(context, member.Etcd);
        return Pods.Encode(
            metadata,
            Tree.Map(
                ("containers", Tree.List([(Node)Container(context, member, images)])),
                ("hostNetwork", Tree.True),
                ("hostPID", Tree.True),
                ("priorityClassName", Tree.Text("system-cluster-critical")),
                ("tolerations", Pods.Tolerations),
                ("volumes", Tree.List(Volumes(context, member, images)))
            )
        );
    }

    /// <summary>The images that the members of an etcd pull.</summary>
    public static IEnumerable<string> Images(BuildContext context, EtcdClusterSpec etcd) =>
        EtcdImages.Of(context, etcd).Select(image => image.Reference).Prepend(Manager(context, etcd));

    private static string Manager(BuildContext context, EtcdClusterSpec etcd) =>
        context.Image(etcd.Manager?.Image is { Length: > 0 } own ? own : EtcdVersions.Manager);

    private static MappingNode Container(BuildContext context, EtcdMember member, IReadOnlyList<EtcdImage> images) =>
        Tree.Map(
            (
                "args",
                Tree.List(["--log-file=/var/log/etcd.log", "--also-stdout", "/ko-app/etcd-manager", .. EtcdArguments.Of(context, member)])
            ),
            ("command", Tree.List(["/go-runner"])),
            ("env", Tree.Some(Environment(context, member))),
            ("image", Tree.Text(Manager(context, member.Etcd))),
            ("name", Tree.Text("etcd-manager")),
            ("resources", Pods.Requests(member.Etcd.CpuRequest ?? "200m", member.Etcd.MemoryRequest ?? "100Mi")),
            ("securityContext", Tree.Map(("privileged", Tree.True))),
            ("volumeMounts", Tree.List(Mounts(context, images)))
        );

    private static IEnumerable<Node> Environment(BuildContext context, EtcdMember member)
    {
        var manager = member.Etcd.Manager;
        foreach (var variable in SystemEnvironment.Of(context))
            yield return variable;
        if (EtcdArguments.AzureAccount(member) is { } account)
            yield return SystemEnvironment.Variable("AZURE_STORAGE_ACCOUNT", account);
        if (manager?.BackupRetentionDays is { } days)
            yield return SystemEnvironment.Variable(
                "ETCD_MANAGER_DAILY_BACKUPS_RETENTION",
                days.ToString(CultureInfo.InvariantCulture) + "d"
            );
        if (manager?.ListenMetricsURLs is { Count: > 0 } metrics)
            yield return SystemEnvironment.Variable("ETCD_LISTEN_METRICS_URLS", string.Join(',', metrics));
        if (manager?.ListenClientHTTPURLs is { Count: > 0 } clients)
            yield return SystemEnvironment.Variable("ETCD_LISTEN_CLIENT_HTTP_URLS", string.Join(',', clients));
        foreach (var own in manager?.Env ?? Enumerable.Empty<EnvVar>())
            yield return SystemEnvironment.Variable(own.Name ?? string.Empty, own.Value ?? string.Empty);
    }

    private static IEnumerable<Node> Mounts(BuildContext context, IReadOnlyList<EtcdImage> images) =>
        [
            Pods.Mount("/rootfs", "rootfs"),
            Pods.Mount("/run", "run"),
            Pods.Mount("/etc/kubernetes/pki/etcd-manager", "pki"),
            .. images.SelectMany(image => image.Versions.Select(version => Pods.Mount($"/opt/etcd-v{version}", image.Volume))),
            Pods.Mount("/var/log/etcd.log", "varlogetcd"),
            .. UsesHostCertificates(context) ? [Pods.Mount("/etc/ssl/certs", "etc-ssl-certs", isReadOnly: true)] : Array.Empty<Node>(),
        ];

    private static IEnumerable<Node> Volumes(BuildContext context, EtcdMember member, IReadOnlyList<EtcdImage> images) =>
        [
            Pods.HostPath("rootfs", "/", "Directory"),
            Pods.HostPath("run", "/run", "DirectoryOrCreate"),
            Pods.HostPath("pki", $"/etc/kubernetes/pki/etcd-manager-{member.Name}", "DirectoryOrCreate"),
            .. images.Select(image =>
                Tree.Map(
                    ("image", Tree.Map(("pullPolicy", Tree.Text("IfNotPresent")), ("reference", Tree.Text(image.Reference)))),
                    ("name", Tree.Text(image.Volume))
                )
            ),
            Pods.HostPath("varlogetcd", $"/var/log/{member.ClusterName}.log", "FileOrCreate"),
            .. UsesHostCertificates(context)
                ? [Pods.HostPath("etc-ssl-certs", "/etc/ssl/certs", "DirectoryOrCreate")]
                : Array.Empty<Node>(),
        ];

    private static bool UsesHostCertificates(BuildContext context) => context.Spec.UseHostCertificates == true;
}
