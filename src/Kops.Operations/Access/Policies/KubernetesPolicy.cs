using System.Text.RegularExpressions;
using Kops.Api.Documents;
using Kops.Model.Flags;
using Kops.Vfs.Setup;

namespace Kops.Operations.Access.Policies;

/// <summary>Roles of Kubernetes. They hold for all Secrets of a namespace.</summary>
/// <remarks>Source: Kubernetes, "Using RBAC Authorization": <c>resourceNames </c> know no patterns, and cannot hold for what is
/// created.</remarks>
public static partial class KubernetesPolicy
{
    private const string Group = "rbac.authorization.k8s.io";

    /// <summary>The verbs on Secrets that a right is made of. To remove a file of more than 1 MiB removes its parts, all at once.</summary>
    public static IReadOnlyList<string> Verbs(StoreRight right) =>
        right switch
        {
            StoreRight.Locate or StoreRight.AskEncryption or StoreRight.ListVersions or StoreRight.DeleteVersions => [],
            StoreRight.List => ["list"],
            StoreRight.Read => ["get"],
            StoreRight.Write => ["create", "update"],
            StoreRight.Delete => ["delete", "deletecollection"],
            _ => throw new ArgumentOutOfRangeException(nameof(right)),
        };

    /// <summary>The documents: <c>role/NAMESPACE</c>, and with principals <c>binding/NAMESPACE</c>.</summary>
    /// <exception cref="InvalidFlagException">A principal cannot be one, or a key is named.</exception>
    public static MappingNode Write(PolicyRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Key is not null)
            throw new InvalidFlagException("kms-key", "--kms-key: with k8s:// the API server alone uses keys (EncryptionConfiguration)");
        var result = new MappingNode();
        foreach (
            var space in request
                .Grants.SelectMany(grant => grant.Places)
                .Select(place => place.Bucket)
                .Distinct()
                .Order(StringComparer.Ordinal)
        )
        {
            var verbs = request
                .Grants.Where(grant => grant.Places.Any(place => place.Bucket == space))
                .SelectMany(grant => grant.Need.Rights)
                .SelectMany(Verbs)
                .Distinct()
                .ToList();
            var name = verbs.Contains("create") ? "kops-state-write" : "kops-state-read";
            var rules = new SequenceNode { Rule("secrets", verbs) };
            // Lists of a namespace that is not there are just empty.
            var exists = Rule("namespaces", ["get"]);
            exists["resourceNames"] = Texts.List([space]);
            rules.Add(exists);
            result["role/" + space] = Object("Role", name, space, ("rules", rules));
            if (request.Principals.Count == 0)
                continue;
            var subjects = new SequenceNode();
            foreach (var principal in request.Principals)
                subjects.Add(Subject(principal));
            var role = new MappingNode
            {
                ["apiGroup"] = ScalarNode.Of(Group),
                ["kind"] = ScalarNode.Of("Role"),
                ["name"] = ScalarNode.Of(name),
            };
            result["binding/" + space] = Object("RoleBinding", name, space, ("roleRef", role), ("subjects", subjects));
        }

        return result;
    }

    private static MappingNode Rule(string resource, IEnumerable<string> verbs) =>
        new()
        {
            ["apiGroups"] = Texts.List([string.Empty]),
            ["resources"] = Texts.List([resource]),
            ["verbs"] = Texts.List(verbs),
        };

    private static MappingNode Object(string kind, string name, string space, params ReadOnlySpan<(string Name, Node Value)> parts)
    {
        var result = new MappingNode
        {
            ["apiVersion"] = ScalarNode.Of(Group + "/v1"),
            ["kind"] = ScalarNode.Of(kind),
            ["metadata"] = new MappingNode { ["name"] = ScalarNode.Of(name), ["namespace"] = ScalarNode.Of(space) },
        };
        foreach (var (part, value) in parts)
            result[part] = value;
        return result;
    }

    private static MappingNode Subject(string principal) =>
        SubjectForm().Match(principal) switch
        {
            { Success: true } match when match.Groups["space"].Success => new()
            {
                ["kind"] = ScalarNode.Of("ServiceAccount"),
                ["name"] = ScalarNode.Of(match.Groups["account"].Value),
                ["namespace"] = ScalarNode.Of(match.Groups["space"].Value),
            },
            { Success: true } match => new()
            {
                ["apiGroup"] = ScalarNode.Of(Group),
                ["kind"] = ScalarNode.Of(match.Groups["kind"].Value is "user" ? "User" : "Group"),
                ["name"] = ScalarNode.Of(match.Groups["name"].Value),
            },
            _ => throw new InvalidFlagException(
                "principal",
                $"--principal: '{principal}' is none of user:NAME, group:NAME and serviceaccount:NAMESPACE/NAME"
            ),
        };

    [GeneratedRegex(
        @"^((?<kind>user|group):(?<name>\S.*)|serviceaccount:(?<space>[a-z0-9.-]+)/(?<account>[a-z0-9.-]+))\z",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex SubjectForm();
}
