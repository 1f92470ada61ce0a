using Kops.Api.Documents;
using Kops.Build.Trees;

namespace Kops.Build.Addons;

/// <summary>Which objects of an addon are deleted when its manifest has them no more.</summary>
internal static class Pruning
{
    // By group, then kind. Objects of kinds that are not here are never deleted.
    private static readonly (string Group, string Kind)[] Kinds =
    [
        ("", "ConfigMap"),
        ("", "Service"),
        ("", "ServiceAccount"),
        ("admissionregistration.k8s.io", "MutatingWebhookConfiguration"),
        ("admissionregistration.k8s.io", "ValidatingWebhookConfiguration"),
        ("apps", "DaemonSet"),
        ("apps", "Deployment"),
        ("apps", "StatefulSet"),
        ("policy", "PodDisruptionBudget"),
        ("rbac.authorization.k8s.io", "ClusterRole"),
        ("rbac.authorization.k8s.io", "ClusterRoleBinding"),
        ("rbac.authorization.k8s.io", "Role"),
        ("rbac.authorization.k8s.io", "RoleBinding"),
    ];

    public static MappingNode Of(Addon addon, ReadOnlyMemory<byte> body)
    {
        var objects = AddonBodies.Objects(body).ToList();
        var selector = $"addon.kops.k8s.io/name={addon.Name},app.kubernetes.io/managed-by=kops";
        return Tree.Map(
            (
                "kinds",
                Tree.List(
                    Kinds
                        .Concat(addon.OwnKinds)
                        .OrderBy(kind => kind.Group, StringComparer.Ordinal)
                        .ThenBy(kind => kind.Kind, StringComparer.Ordinal)
                        .Select(kind =>
                            (Node)
                                Tree.Map(
                                    ("group", Tree.Some(kind.Group)),
                                    ("kind", Tree.Text(kind.Kind)),
                                    ("labelSelector", Tree.Text(selector)),
                                    ("namespaces", Tree.Some(Namespaces(objects, kind)))
                                )
                        )
                )
            )
        );
    }

    private static IEnumerable<string> Namespaces(IEnumerable<MappingNode> objects, (string Group, string Kind) kind) =>
        objects
            .Where(value => Tree.TextAt(value, "kind") == kind.Kind && GroupOf(value) == kind.Group)
            .Select(value => Tree.TextAt(value, "metadata", "namespace"))
            .OfType<string>()
            .Distinct()
            .Order(StringComparer.Ordinal);

    private static string GroupOf(MappingNode value) =>
        Tree.TextAt(value, "apiVersion") is { } version && version.LastIndexOf('/') is var slash and > 0 ? version[..slash] : string.Empty;
}
