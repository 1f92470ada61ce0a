using Kops.Api.Documents;
using Kops.Build.Input;
using Kops.Build.Trees;

namespace Kops.Build.Addons.Objects;

/// <summary>Gives pods of addons the roles on AWS of their service accounts, where these have any.</summary>
internal sealed class PodRoles
{
    private const string System = "kube-system";
    private const string Dns = "dns-controller";
    private const string Volume = "token-amazonaws-com";
    private const string Folder = "/var/run/secrets/amazonaws.com/";
    private const int Group = 10001;

    private readonly BuildContext _context;
    private readonly HashSet<string> _accounts;

    public PodRoles(BuildContext context)
    {
        _context = context;
        _accounts =
            context.Cloud.Name == "aws" && context.UsesServiceAccountRoles ? Accounts(context).ToHashSet(StringComparer.Ordinal) : [];
    }

    /// <summary>The pod's spec, with its role; the same one where it has none.</summary>
    public MappingNode Give(MappingNode spec)
    {
        // This one names its account by the field's old name.
        var account = Tree.TextAt(spec, "serviceAccountName") ?? (Tree.TextAt(spec, "serviceAccount") == Dns ? Dns : null);
        if (account is null || !_accounts.Contains(account))
            return spec;
        var typed = TypedPodSpec.Of(spec);
        Add(typed, "volumes", TokenVolume);
        foreach (var container in TypedPodSpec.Containers(typed, withInit: false))
        {
            Add(container, "env", Variable("AWS_ROLE_ARN", _context.ServiceAccountRole(System, account)));
            Add(container, "env", Variable("AWS_WEB_IDENTITY_TOKEN_FILE", Folder + "token"));
            Add(
                container,
                "volumeMounts",
                Tree.Map(("mountPath", Tree.Text(Folder)), ("name", Tree.Text(Volume)), ("readOnly", Tree.True))
            );
        }

        var security = typed.Ensure("securityContext");
        if (security["fsGroup"] is null)
            security["fsGroup"] = Tree.Number(Group);
        return typed;
    }

    private static IEnumerable<string> Accounts(BuildContext context)
    {
        var spec = context.Spec;
        yield return "aws-cloud-controller-manager";
        yield return "ebs-csi-controller-sa";
        if (spec.AwsLoadBalancerController?.Enabled == true)
            yield return "aws-load-balancer-controller";
        if (spec.NodeTerminationHandler is { Enabled: true } handler && handler.EnableSQSTerminationDraining != false)
            yield return "aws-node-termination-handler";
        if (spec.CertManager is { Enabled: true } certificates && certificates.HostedZoneIDs.Count > 0)
            yield return "cert-manager";
        if (spec.ClusterAutoscaler?.Enabled == true)
            yield return "cluster-autoscaler";
        if (!context.UsesNoDns)
            yield return spec.ExternalDns?.Provider is { Length: > 0 } provider ? provider : Dns;
        if (spec.Karpenter?.Enabled == true)
            yield return "karpenter";
    }

    private static void Add(MappingNode parent, string name, Node item)
    {
        if (parent[name] is not SequenceNode list)
            parent[name] = list = [];
        list.Add(item);
    }

    private static MappingNode Variable(string name, string value) => Tree.Map(("name", Tree.Text(name)), ("value", Tree.Text(value)));

    private static MappingNode TokenVolume =>
        Tree.Map(
            ("name", Tree.Text(Volume)),
            (
                "projected",
                Tree.Map(
                    ("defaultMode", Tree.Number(420)),
                    (
                        "sources",
                        Tree.List([
                            (Node)
                                Tree.Map(
                                    (
                                        "serviceAccountToken",
                                        Tree.Map(
                                            ("audience", Tree.Text("amazonaws.com")),
                                            ("expirationSeconds", Tree.Number(86400)),
                                            ("path", Tree.Text("token"))
                                        )
                                    )
                                ),
                        ])
                    )
                )
            )
        );
}
