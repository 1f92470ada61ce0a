using Kops.Api.Documents;
using Kops.Api.Yaml;
using Kops.Build.Trees;

namespace Kops.Build.Nodes;

/// <summary>
/// What a machine is told with its user data: who it is, and where the rest lies (kOps: <c>kube_env.yaml</c>). A value, so that every
/// target can write it.
/// </summary>
/// <param name="CloudProvider">kOps' name of the cloud.</param>
/// <param name="ClusterName">The cluster.</param>
/// <param name="InstanceGroupName">The machine's group.</param>
/// <param name="InstanceGroupRole">The group's role: <c>ControlPlane</c>, <c>Node</c>, <c>APIServer</c> or <c>Bastion</c>.</param>
/// <param name="NodeupConfigHash">SHA-256 of the group's <c>nodeupconfig.yaml</c>, in base 64.</param>
public sealed record BootConfig(
    string CloudProvider,
    string ClusterName,
    string InstanceGroupName,
    string InstanceGroupRole,
    string NodeupConfigHash
)
{
    /// <summary>Where the cluster's files lie, for machines that read the store themselves; null for the others.</summary>
    public string? ConfigBase { get; init; }

    /// <summary>Who hands out the files to machines that do not read the store; null for those that do.</summary>
    public ConfigServer? ConfigServer { get; init; }

    /// <summary>The addresses of the API where no name in DNS leads there.</summary>
    public IReadOnlyList<string> ApiServerIPs { get; init; } = [];

    /// <summary>As it stands in the boot script: YAML, ended by a line break.</summary>
    public string ToYaml() =>
        YamlWriter.Write(
            Tree.Map(
                ("APIServerIPs", Tree.Some(ApiServerIPs)),
                ("CloudProvider", Tree.Text(CloudProvider)),
                ("ClusterName", Tree.Text(ClusterName)),
                ("ConfigBase", Tree.Some(ConfigBase)),
                ("ConfigServer", ConfigServer is null ? null : Server(ConfigServer)),
                ("InstanceGroupName", Tree.Text(InstanceGroupName)),
                ("InstanceGroupRole", Tree.Text(InstanceGroupRole)),
                ("NodeupConfigHash", Tree.Text(NodeupConfigHash))
            )
        );

    private static MappingNode Server(ConfigServer server) =>
        Tree.Map(
            ("CACertificates", Tree.Text(server.CertificateAuthorities)),
            ("servers", Tree.Some(server.Servers)),
            ("tlsServerName", Tree.Some(server.TlsServerName))
        );
}
