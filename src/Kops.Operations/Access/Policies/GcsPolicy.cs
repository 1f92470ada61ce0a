using System.Text.RegularExpressions;
using Kops.Api.Documents;
using Kops.Model.Flags;
using Kops.Vfs.Setup;

namespace Kops.Operations.Access.Policies;

/// <summary>Policies of Google Cloud: roles of its project, and the bindings of each bucket, with conditions on names.</summary>
/// <remarks>Source: Cloud Storage, "IAM permissions" and "Use IAM conditions on buckets", which need uniform access.</remarks>
public static partial class GcsPolicy
{
    /// <summary>The permissions that a right is made of. To write over a file takes the right to delete it, too.</summary>
    public static IReadOnlyList<string> Permissions(StoreRight right) =>
        right switch
        {
            StoreRight.Locate or StoreRight.AskEncryption => [],
            StoreRight.List or StoreRight.ListVersions => ["storage.objects.list"],
            StoreRight.Read => ["storage.objects.get"],
            StoreRight.Write => ["storage.objects.create", "storage.objects.delete"],
            StoreRight.Delete or StoreRight.DeleteVersions => ["storage.objects.delete"],
            _ => throw new ArgumentOutOfRangeException(nameof(right)),
        };

    /// <summary>
    /// The documents: <c>role/NAME </c>, as <c>gcloud iam roles create</c> takes it, and with principals <c>bucket/NAME </c>, the bindings
    /// of each bucket.
    /// </summary>
    /// <exception cref="InvalidFlagException">A principal cannot be one; or the project is missing, or a key is named.</exception>
    public static MappingNode Write(PolicyRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Key is not null)
            throw new InvalidFlagException(
                "kms-key",
                "--kms-key: on gs:// the bucket's service agent uses the key, and nobody else needs a right on it: give that one "
                    + "roles/cloudkms.cryptoKeyEncrypterDecrypter"
            );
        if (request.Scope is not { } project || !ProjectForm().IsMatch(project))
            throw new InvalidFlagException("scope", "--scope: name the project in which the roles are made, such as my-project");
        var result = new MappingNode();
        foreach (
            var (role, permissions) in request
                .Grants.Select(Role)
                .OfType<(string Name, IReadOnlyList<string> Permissions)>()
                .DistinctBy(role => role.Name)
        )
            result["role/" + role] = new MappingNode
            {
                ["title"] = ScalarNode.Of(role),
                ["stage"] = ScalarNode.Of("GA"),
                ["includedPermissions"] = Texts.List(permissions),
            };
        if (request.Principals.Count == 0)
            return result;
        if (request.Principals.FirstOrDefault(principal => !PrincipalForm().IsMatch(principal)) is { } wrong)
            throw new InvalidFlagException(
                "principal",
                $"--principal: '{wrong}' is none of serviceAccount:NAME@PROJECT.iam.gserviceaccount.com, user:ADDRESS, group:ADDRESS, "
                    + $"principal://... and principalSet://..."
            );
        foreach (
            var bucket in request
                .Grants.SelectMany(grant => grant.Places)
                .Select(place => place.Bucket)
                .Distinct()
                .Order(StringComparer.Ordinal)
        )
        {
            var bindings = new SequenceNode();
            foreach (var grant in request.Grants)
            {
                if (
                    Role(grant) is not { } role
                    || grant.Places.Where(place => place.Bucket == bucket).ToList() is not { Count: > 0 } places
                )
                    continue;
                bindings.Add(Binding($"projects/{project}/roles/{role.Name}", request.Principals, grant, places));
            }

            result[$"bucket/{bucket}"] = new MappingNode { ["bindings"] = bindings };
        }

        return result;
    }

    private static MappingNode Binding(string role, IReadOnlyList<string> members, AccessGrant grant, IReadOnlyList<AccessPlace> places)
    {
        var binding = new MappingNode { ["role"] = ScalarNode.Of(role), ["members"] = Texts.List(members) };
        if (grant.Need.Area is AccessArea.Buckets || places.Any(place => place.Pattern is "*"))
            return binding;
        binding["condition"] = new MappingNode
        {
            ["title"] = ScalarNode.Of(grant.Need.Name),
            ["expression"] = ScalarNode.Of(string.Join(" || ", places.Select(Expression))),
        };
        return binding;
    }

    private static string Expression(AccessPlace place)
    {
        var name = $"projects/_/buckets/{place.Bucket}/objects/{place.Key}"
            .Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("\"", "\\\"", StringComparison.Ordinal);
        return place.IsFile ? $"resource.name == \"{name}\"" : $"resource.name.startsWith(\"{name}/\")";
    }

    /// <summary>The role for a grant, by what it holds; null where it takes no permission.</summary>
    private static (string Name, IReadOnlyList<string> Permissions)? Role(AccessGrant grant) =>
        grant.Need.Rights.SelectMany(Permissions).Distinct().ToList() switch
        {
            [] => null,
            ["storage.objects.list"] only => ("kopsStateLister", only),
            ["storage.objects.get"] only => ("kopsStateReader", only),
            var all => ("kopsStateWriter", all),
        };

    [GeneratedRegex(@"^([a-z][a-z0-9.-]*:)?[a-z][a-z0-9-]{4,28}[a-z0-9]\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ProjectForm();

    [GeneratedRegex(
        @"^((serviceAccount|user|group):[^@\s]+@[^@\s]+|domain:\S+|principal(Set)?://\S+)\z",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex PrincipalForm();
}
