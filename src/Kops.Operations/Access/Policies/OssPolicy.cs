using System.Text.RegularExpressions;
using Kops.Api.Documents;
using Kops.Model.Flags;
using Kops.Vfs.Setup;

namespace Kops.Operations.Access.Policies;

/// <summary>Policies of Alibaba Cloud: what the RAM user or role may do, and, across accounts, whom each bucket lets in.</summary>
/// <remarks>Source: OSS developer reference, "RAM policies" and "Bucket policy".</remarks>
public static partial class OssPolicy
{
    /// <summary>The actions that a right is made of.</summary>
    public static IReadOnlyList<string> Actions(StoreRight right) =>
        right switch
        {
            StoreRight.Locate or StoreRight.AskEncryption => [],
            StoreRight.List => ["oss:ListObjects"],
            StoreRight.Read => ["oss:GetObject"],
            StoreRight.Write => ["oss:PutObject", "oss:AbortMultipartUpload"],
            StoreRight.Delete => ["oss:DeleteObject"],
            StoreRight.ListVersions => ["oss:ListObjectVersions"],
            StoreRight.DeleteVersions => ["oss:DeleteObjectVersion"],
            _ => throw new ArgumentOutOfRangeException(nameof(right)),
        };

    /// <summary>The documents: <c>identity</c>, and with principals <c>bucket/NAME</c> for each bucket.</summary>
    /// <exception cref="InvalidFlagException">A principal or the key cannot be one.</exception>
    public static MappingNode Write(PolicyRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var statements = Statements(request.Grants, [], _ => true).ToList();
        if (request.Key is { } key)
        {
            if (!KeyForm().IsMatch(key))
                throw new InvalidFlagException(
                    "kms-key",
                    $"--kms-key: '{key}' is not the ARN of a key, such as acs:kms:cn-hangzhou:1234567890123456:key/0a1b"
                );
            var writes = request.Grants.Any(grant => grant.Need.Rights.Contains(StoreRight.Write));
            statements.Add(Statement(writes ? ["kms:Decrypt", "kms:GenerateDataKey"] : ["kms:Decrypt"], [], [key]));
        }

        var result = new MappingNode { ["identity"] = Document(statements) };
        if (request.Principals.FirstOrDefault(principal => !PrincipalForm().IsMatch(principal)) is { } wrong)
            throw new InvalidFlagException(
                "principal",
                $"--principal: '{wrong}' is neither the id of an account or a RAM user (digits), nor arn:sts::ACCOUNT:assumed-role/ROLE/*"
            );
        if (request.Principals.Count == 0)
            return result;
        foreach (
            var bucket in request
                .Grants.SelectMany(grant => grant.Places)
                .Select(place => place.Bucket)
                .Distinct()
                .Order(StringComparer.Ordinal)
        )
            result[$"bucket/{bucket}"] = Document(Statements(request.Grants, request.Principals, place => place.Bucket == bucket));
        return result;
    }

    private static IEnumerable<MappingNode> Statements(
        IReadOnlyList<AccessGrant> grants,
        IReadOnlyList<string> principals,
        Func<AccessPlace, bool> isThere
    ) =>
        from grant in grants
        let actions = grant.Need.Rights.SelectMany(Actions).ToList()
        let places = grant.Places.Where(isThere).ToList()
        where actions.Count > 0 && places.Count > 0
        select Statement(
            actions,
            principals,
            places.Select(place =>
                $"acs:oss:*:*:{place.Bucket}" + (grant.Need.Area is AccessArea.Buckets ? string.Empty : "/" + Pattern(place))
            )
        );

    private static MappingNode Statement(IEnumerable<string> actions, IReadOnlyList<string> principals, IEnumerable<string> resources)
    {
        var statement = new MappingNode { ["Effect"] = ScalarNode.Of("Allow"), ["Action"] = Texts.List(actions) };
        if (principals.Count > 0)
            statement["Principal"] = Texts.List(principals);
        statement["Resource"] = Texts.List(resources);
        return statement;
    }

    private static string Pattern(AccessPlace place) =>
        place.Key.AsSpan().ContainsAny('*', '?')
            ? throw new InvalidFlagException(
                "state",
                $"{place.Key} holds a character that means 'anything' in policies of OSS, and cannot stand for itself there"
            )
            : place.Pattern;

    private static MappingNode Document(IEnumerable<MappingNode> statements)
    {
        var list = new SequenceNode();
        foreach (var statement in statements)
            list.Add(statement);
        return new MappingNode { ["Version"] = ScalarNode.Of("1"), ["Statement"] = list };
    }

    [GeneratedRegex(
        @"^(\d{5,20}|arn:sts::\d+:assumed-role/[\w.@-]+/[^\s/]+)\z",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex PrincipalForm();

    [GeneratedRegex(@"^acs:kms:[a-z0-9-]+:\d+:key/[A-Za-z0-9-]+\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex KeyForm();
}
