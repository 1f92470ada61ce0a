using System.Text.RegularExpressions;
using Kops.Api.Documents;
using Kops.Model.Flags;
using Kops.Vfs.Setup;

namespace Kops.Operations.Access.Policies;

/// <summary>Policies of Azure: a role, and its assignment on each container, with a condition on paths.</summary>
/// <remarks>Source: "Azure role assignment condition format and syntax", "Actions and attributes for Azure role assignment conditions for
/// Azure Blob Storage".</remarks>
public static partial class AzurePolicy
{
    private const string Blobs = "Microsoft.Storage/storageAccounts/blobServices/containers/blobs";
    private const string Read = Blobs + "/read";

    /// <summary>The data actions that a right is made of.</summary>
    public static IReadOnlyList<string> Actions(StoreRight right) =>
        right switch
        {
            StoreRight.Locate or StoreRight.AskEncryption => [],
            StoreRight.List or StoreRight.ListVersions or StoreRight.Read => [Read],
            StoreRight.Write => [Blobs + "/write", Blobs + "/add/action"],
            StoreRight.Delete => [Blobs + "/delete"],
            StoreRight.DeleteVersions => [Blobs + "/deleteBlobVersion/action"],
            _ => throw new ArgumentOutOfRangeException(nameof(right)),
        };

    /// <summary>
    /// The documents: <c>role </c>, as <c>az role definition create</c> takes it, and with principals <c>assignment/ACCOUNT/CONTAINER </c>,
    /// the assignments of each container.
    /// </summary>
    /// <exception cref="InvalidFlagException">A principal or the scope cannot be one; or a key is named.</exception>
    public static MappingNode Write(PolicyRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Key is not null)
            throw new InvalidFlagException(
                "kms-key",
                "--kms-key: on azureblob:// the storage account uses the key, and nobody else needs a right on it"
            );
        if (request.Scope is not { } account || !ScopeForm().IsMatch(account))
            throw new InvalidFlagException(
                "scope",
                "--scope: name the storage account's resource id ('az storage account show --name ACCOUNT --query id -o tsv'), such as "
                    + "/subscriptions/ID/resourceGroups/GROUP/providers/Microsoft.Storage/storageAccounts/ACCOUNT"
            );
        var role =
            request.Grants.Any(grant => grant.Need.Rights.Contains(StoreRight.DeleteVersions)) ? "kops state (node)"
            : request.Grants.Any(grant => grant.Need.Rights.Contains(StoreRight.Write)) ? "kops state (write)"
            : "kops state (read)";
        var result = new MappingNode
        {
            ["role"] = new MappingNode
            {
                ["Name"] = ScalarNode.Of(role),
                ["IsCustom"] = ScalarNode.Of(true),
                ["Description"] = ScalarNode.Of("What kops needs on the container of a state store"),
                ["Actions"] = new SequenceNode(),
                ["NotActions"] = new SequenceNode(),
                ["DataActions"] = Texts.List(request.Grants.SelectMany(grant => grant.Need.Rights).SelectMany(Actions).Distinct()),
                ["NotDataActions"] = new SequenceNode(),
                ["AssignableScopes"] = Texts.List([account]),
            },
        };
        if (request.Principals.FirstOrDefault(principal => !Guid.TryParseExact(principal, "D", out _)) is { } wrong)
            throw new InvalidFlagException(
                "principal",
                $"--principal: '{wrong}' is not the object id of a user, a group or a service principal, such as "
                    + $"0a1b2c3d-0000-0000-0000-000000000000 ('az ad sp show --id APP --query id -o tsv')"
            );
        foreach (
            var bucket in request
                .Grants.SelectMany(grant => grant.Places)
                .Select(place => place.Bucket)
                .Distinct()
                .Order(StringComparer.Ordinal)
        )
        {
            var assignments = new SequenceNode();
            foreach (var principal in request.Principals)
                assignments.Add(Assignment(role, principal, account, bucket, request.Grants));
            if (request.Principals.Count > 0)
                result[$"assignment/{bucket}"] = assignments;
        }

        return result;
    }

    private static MappingNode Assignment(string role, string principal, string account, string bucket, IReadOnlyList<AccessGrant> grants)
    {
        var names = bucket.Split('/');
        var assignment = new MappingNode
        {
            ["roleDefinitionName"] = ScalarNode.Of(role),
            ["principalId"] = ScalarNode.Of(principal),
            ["scope"] = ScalarNode.Of($"{account[..(account.LastIndexOf('/') + 1)]}{names[0]}/blobServices/default/containers/{names[1]}"),
        };
        if (Condition(bucket, grants) is not { Length: > 0 } condition)
            return assignment;
        assignment["condition"] = ScalarNode.Of(condition);
        assignment["conditionVersion"] = ScalarNode.Of("2.0");
        return assignment;
    }

    /// <summary>For each action the paths on which it is allowed; what has no clause is allowed on all of the container.</summary>
    private static string Condition(string bucket, IReadOnlyList<AccessGrant> grants)
    {
        var clauses = new List<string>();
        foreach (var action in grants.SelectMany(grant => grant.Need.Rights).SelectMany(Actions).Distinct())
        {
            // Names are listed in all of the container; that is an operation of its own within reading.
            var places = grants
                .Where(grant => grant.Need.Area is not AccessArea.Buckets && grant.Need.Rights.SelectMany(Actions).Contains(action))
                .SelectMany(grant => grant.Places)
                .Where(place => place.Bucket == bucket)
                .Distinct()
                .ToList();
            if (places.Exists(place => place.Pattern is "*"))
                continue;
            var asked =
                action == Read ? $"ActionMatches{{'{action}'}} AND NOT SubOperationMatches{{'Blob.List'}}" : $"ActionMatches{{'{action}'}}";
            clauses.Add(places.Count == 0 ? $"(!({asked}))" : $"((!({asked})) OR ({string.Join(" OR ", places.Select(Path))}))");
        }

        return string.Join(" AND ", clauses);
    }

    private static string Path(AccessPlace place)
    {
        if (place.Key.Contains('\'', StringComparison.Ordinal))
            throw new InvalidFlagException("state", $"{place.Key} holds a quotation mark, which no condition of Azure can name");
        return place.IsFile
            ? $"@Resource[{Blobs}:path] StringEquals '{place.Key}'"
            : $"@Resource[{Blobs}:path] StringStartsWith '{place.Key}/'";
    }

    [GeneratedRegex(
        @"^/subscriptions/[^/\s]+/resourceGroups/[^/\s]+/providers/Microsoft\.Storage/storageAccounts/[a-z0-9]{3,24}\z",
        RegexOptions.IgnoreCase,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex ScopeForm();
}
