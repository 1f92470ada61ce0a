using System.Globalization;
using System.Text;
using Kops.Api.Clouds;
using Kops.Api.Documents;
using Kops.Resources.Aws.Core;
using Kops.Resources.Requests;
using Kops.Resources.Values;

namespace Kops.Resources.Aws.Identity;

/// <summary>Who may do what: roles of machines and of service accounts, and their policies.</summary>
internal static class RoleBuilder
{
    // Who vouches for S3, by the fingerprints of their certificates.
    private static readonly string[] StoreAuthorities =
    [
        "9e99a48a9960b14926bb7f3b02e22da2b0ab7280",
        "a9d53002e97e00e043244f3d170d6f4c414104fd",
    ];

    public static IEnumerable<Resource> Build(AwsCluster cluster) =>
        [
            .. InstanceProfiles.Shared(cluster),
            .. ManagedRoles(cluster).SelectMany(role => Machines(cluster, role)),
            .. ServiceAccounts.Of(cluster).SelectMany(account => Account(cluster, account)),
            .. Issuer(cluster),
        ];

    /// <summary>The kinds of machines that have a role of the cluster's own.</summary>
    public static IEnumerable<MachineRole> ManagedRoles(AwsCluster cluster) =>
        cluster.Groups.Where(group => group.Spec.Iam?.Profile is null or "").Select(group => group.Role).Distinct().Order();

    private static IEnumerable<Resource> Machines(AwsCluster cluster, MachineRole machines)
    {
        var name = AwsGroup.RoleName(cluster, machines);
        var role = Role(cluster, name, MachineTrust(cluster), cluster.TagMap(name));
        yield return role;
        yield return new(
            AwsKinds.InstanceProfile,
            name,
            new()
            {
                ["name"] = name,
                ["role"] = role.Ref("name"),
                ["tags"] = cluster.TagMap(name),
            }
        );
        foreach (var policy in Policy(role, name, MachineRights.Of(cluster, machines)))
            yield return policy;

        var policies =
            from key in Keys(machines)
            from arn in (cluster.Spec.ExternalPolicies.GetValueOrDefault(key) as SequenceNode).OrNone().OfType<ScalarNode>()
            select arn.Text;
        foreach (var attachment in Attachments(role, $"{Roles.Tags(machines)[0]}-policyoverride", policies))
            yield return attachment;
        foreach (var key in Keys(machines))
        {
            if (cluster.Spec.AdditionalPolicies.GetValueOrDefault(key) is not { Length: > 0 } additional)
                continue;
            var document = PolicyDocument.Read(additional, $"spec.additionalPolicies.{key}");
            foreach (var policy in Policy(role, $"additional.{name}", document))
                yield return policy;
        }
    }

    private static IEnumerable<Resource> Account(AwsCluster cluster, ServiceAccount account)
    {
        var name = account.RoleName(cluster);
        var tags = cluster.Tags(name);
        tags["service-account.kops.k8s.io/name"] = account.Name;
        tags["service-account.kops.k8s.io/namespace"] = ServiceAccount.Wildcard(account.Namespace);
        var role = Role(cluster, name, AccountTrust(cluster, account), MapValue.Of(tags));
        return [role, .. Policy(role, name, account.Policy), .. Attachments(role, $"external-{name}", account.ExternalPolicies)];
    }

    private static Resource Role(AwsCluster cluster, string name, string trust, MapValue tags) =>
        new(
            AwsKinds.Role,
            name,
            new()
            {
                ["assume_role_policy"] = new DataFile("policy", trust),
                ["name"] = name,
                ["permissions_boundary"] = cluster.Spec.Iam?.PermissionsBoundary,
                ["tags"] = tags,
            }
        );

    private static IEnumerable<Resource> Policy(Resource role, string name, PolicyDocument document)
    {
        if (!document.IsEmpty)
            yield return new(
                AwsKinds.RolePolicy,
                name,
                new()
                {
                    ["name"] = name,
                    ["policy"] = new DataFile("policy", document.ToJson()),
                    ["role"] = role.Ref("name"),
                }
            );
    }

    private static IEnumerable<Resource> Attachments(Resource role, string name, IEnumerable<string> policies) =>
        policies
            .Distinct()
            .Order(StringComparer.Ordinal)
            .Select(arn => new Resource(
                AwsKinds.RolePolicyAttachment,
                $"{name}-{Hash(arn)}",
                new() { ["policy_arn"] = arn, ["role"] = role.Ref("name") }
            ));

    // The layout is part of kOps' text; another one would be a change of every role.
    private static string MachineTrust(AwsCluster cluster) =>
        $$"""
            {
              "Version": "2012-10-17",
              "Statement": [
                {
                  "Effect": "Allow",
                  "Principal": { "Service": "ec2.{{Conditions.DnsSuffix(cluster.Partition)}}"},
                  "Action": "sts:AssumeRole"
                }
              ]
            }
            """;

    private static string AccountTrust(AwsCluster cluster, ServiceAccount account)
    {
        var issuer = IssuerName(cluster);
        var operation = account.Namespace.Contains('*', StringComparison.Ordinal) ? "StringLike" : "StringEquals";
        return new PolicyDocument(
            new Statement(Terms.Of("sts:AssumeRoleWithWebIdentity"), Terms.Of())
            {
                Condition = Conditions.Of(operation, $"{issuer}:sub", $"system:serviceaccount:{account.Namespace}:{account.Name}"),
                Principal = new() { ["Federated"] = $"arn:{cluster.Partition}:iam::{cluster.Account}:oidc-provider/{issuer}" },
            }
        ).ToJson();
    }

    private static IEnumerable<Resource> Issuer(AwsCluster cluster)
    {
        var discovery = cluster.Spec.ServiceAccountIssuerDiscovery;
        if (discovery?.EnableAWSOIDCProvider != true)
            yield break;
        yield return new(
            AwsKinds.OidcProvider,
            cluster.Name,
            new()
            {
                ["client_id_list"] = Value.List(discovery.AdditionalAudiences.Prepend("amazonaws.com")),
                ["tags"] = cluster.TagMap(cluster.Name),
                ["thumbprint_list"] = Value.List(StoreAuthorities),
                ["url"] = $"https://{IssuerName(cluster)}",
            }
        );
    }

    /// <summary>Who issues the tokens of service accounts, as AWS knows it.</summary>
    public static string IssuerName(AwsCluster cluster)
    {
        const string Https = "https://";
        var issuer =
            cluster.Spec.KubeAPIServer?.ServiceAccountIssuer
            ?? throw new FormatException("spec.kubeAPIServer.serviceAccountIssuer is missing from the completed cluster");
        return issuer.StartsWith(Https, StringComparison.Ordinal) ? issuer[Https.Length..] : issuer;
    }

    // What policies of the user's call a role; the control plane has an old name besides.
    private static IReadOnlyList<string> Keys(MachineRole role) => Roles.Tags(role);

    // FNV-1a of 32 bits.
    private static string Hash(string text)
    {
        var hash = 0x811c9dc5u;
        foreach (var value in Encoding.UTF8.GetBytes(text))
            hash = (hash ^ value) * 0x01000193u;
        return hash.ToString(CultureInfo.InvariantCulture);
    }
}
