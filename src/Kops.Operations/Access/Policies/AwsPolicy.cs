using System.Text.RegularExpressions;
using Kops.Api.Documents;
using Kops.Model.Flags;
using Kops.Vfs.Setup;

namespace Kops.Operations.Access.Policies;

/// <summary>
/// Policies of AWS: what the identity may do, and, across accounts, whom each bucket (and the key) lets in. Both are needed there.
/// </summary>
/// <remarks>Source: the Service Authorization Reference, "Actions, resources, and condition keys for Amazon S3".</remarks>
public static partial class AwsPolicy
{
    /// <summary>The actions that a right is made of.</summary>
    public static IReadOnlyList<string> Actions(StoreRight right) =>
        right switch
        {
            StoreRight.Locate => ["s3:GetBucketLocation"],
            StoreRight.List => ["s3:ListBucket"],
            StoreRight.AskEncryption => ["s3:GetEncryptionConfiguration"],
            StoreRight.Read => ["s3:GetObject"],
            StoreRight.Write => ["s3:PutObject", "s3:AbortMultipartUpload"],
            StoreRight.Delete => ["s3:DeleteObject"],
            StoreRight.ListVersions => ["s3:ListBucketVersions"],
            StoreRight.DeleteVersions => ["s3:DeleteObjectVersion"],
            _ => throw new ArgumentOutOfRangeException(nameof(right)),
        };

    /// <summary>
    /// The documents: <c>identity </c>; with principals, <c>bucket/NAME </c> for each bucket; with a key too, <c>key </c>, a statement for
    /// its policy.
    /// </summary>
    /// <exception cref="InvalidFlagException">A principal or the key cannot be one.</exception>
    public static MappingNode Write(PolicyRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var partition = Partition(request);
        var result = new MappingNode
        {
            ["identity"] = Document([
                .. request.Grants.Select(grant => Statement(grant, grant.Places, partition, [])),
                .. Key(request, isIdentity: true),
            ]),
        };
        if (request.Principals.Count == 0)
            return result;
        foreach (
            var bucket in request
                .Grants.SelectMany(grant => grant.Places)
                .Select(place => place.Bucket)
                .Distinct()
                .Order(StringComparer.Ordinal)
        )
        {
            var statements =
                from grant in request.Grants
                let there = grant.Places.Where(place => place.Bucket == bucket).ToList()
                where there.Count > 0
                select Statement(grant, there, partition, request.Principals);
            result[$"bucket/{bucket}"] = Document([.. statements]);
        }

        foreach (var statement in Key(request, isIdentity: false))
            result["key"] = statement;
        return result;
    }

    private static string Partition(PolicyRequest request)
    {
        var arns = new List<string>();
        foreach (var principal in request.Principals)
        {
            if (!PrincipalForm().IsMatch(principal))
                throw new InvalidFlagException(
                    "principal",
                    $"--principal: '{principal}' is not the ARN of a user, a role or an account, such as "
                        + $"arn:aws:iam::123456789012:role/ci or arn:aws:iam::123456789012:root"
                );
            arns.Add(principal);
        }

        if (request.Key is { } key)
        {
            if (!KeyForm().IsMatch(key))
                throw new InvalidFlagException(
                    "kms-key",
                    $"--kms-key: '{key}' is not the ARN of a key, such as arn:aws:kms:us-east-1:123456789012:key/0a1b; aliases cannot "
                        + $"stand in policies"
                );
            arns.Add(key);
        }

        return arns.Select(arn => arn.Split(':')[1]).Distinct().ToList() switch
        {
            [] => "aws",
            [var only] => only,
            var several => throw new InvalidFlagException(
                "principal",
                $"--principal: {string.Join(" and ", several)} are separate partitions of AWS; one policy cannot serve both"
            ),
        };
    }

    private static IEnumerable<MappingNode> Key(PolicyRequest request, bool isIdentity)
    {
        if (request.Key is null)
            yield break;
        var writes = request.Grants.Any(grant => grant.Need.Rights.Contains(StoreRight.Write));
        yield return Statement(
            "UseKey",
            isIdentity ? [] : request.Principals,
            writes ? ["kms:Decrypt", "kms:GenerateDataKey"] : ["kms:Decrypt"],
            [isIdentity ? request.Key : "*"]
        );
    }

    private static MappingNode Statement(
        AccessGrant grant,
        IReadOnlyList<AccessPlace> places,
        string partition,
        IReadOnlyList<string> principals
    ) =>
        Statement(
            grant.Need.Name,
            principals,
            grant.Need.Rights.SelectMany(Actions),
            places.Select(place =>
                $"arn:{partition}:s3:::{place.Bucket}" + (grant.Need.Area is AccessArea.Buckets ? string.Empty : "/" + Escaped(place))
            )
        );

    private static MappingNode Statement(
        string name,
        IReadOnlyList<string> principals,
        IEnumerable<string> actions,
        IEnumerable<string> resources
    )
    {
        var statement = new MappingNode { ["Sid"] = ScalarNode.Of(name), ["Effect"] = ScalarNode.Of("Allow") };
        if (principals.Count > 0)
            statement["Principal"] = new MappingNode { ["AWS"] = Texts.List(principals) };
        statement["Action"] = Texts.List(actions);
        statement["Resource"] = Texts.List(resources);
        return statement;
    }

    private static MappingNode Document(IEnumerable<MappingNode> statements)
    {
        var list = new SequenceNode();
        foreach (var statement in statements)
            list.Add(statement);
        return new MappingNode { ["Version"] = ScalarNode.Of("2012-10-17"), ["Statement"] = list };
    }

    /// <summary>Characters of a key that mean something in a policy stand for themselves.</summary>
    private static string Escaped(AccessPlace place)
    {
        var key = SpecialCharacter().Replace(place.Key, "$${$0}");
        return (place with { Key = key }).Pattern;
    }

    // Ceph's users have no account, or a tenant in its place.
    [GeneratedRegex(
        @"^arn:aws[a-z-]*:(iam|sts)::(\d{12}|[A-Za-z_]\w*|):(root|user/[^*?\s]+|role/[^*?\s]+|assumed-role/[^*?\s/]+/[^*?\s/]+)\z",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex PrincipalForm();

    [GeneratedRegex(@"^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key/[A-Za-z0-9-]+\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex KeyForm();

    [GeneratedRegex(@"[*?$]", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SpecialCharacter();
}
