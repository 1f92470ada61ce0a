using Kops.Resources.Requests;
using Kops.Resources.Values;

namespace Kops.Resources.Files;

/// <summary>The files of the state store as resources of the store's own kind, whatever cloud the cluster is in.</summary>
internal static class ManagedFileBuilder
{
    private const string Alias = "files";

    private static readonly Dictionary<string, Func<ResourceRequest, ManagedFile, IEnumerable<Resource>>> Kinds = new(
        StringComparer.Ordinal
    )
    {
        ["s3"] = S3Object,
    };

    private static readonly ResourceKind S3 = new("aws_s3_object");

    /// <summary>The files' resources, and how their store is spoken to.</summary>
    /// <exception cref="NotSupportedException">A store that has no resources for its files.</exception>
    public static (IReadOnlyList<Provider> Providers, IReadOnlyList<Resource> Resources) Build(ResourceRequest request, string region)
    {
        if (request.Files.Count == 0)
            return ([], []);
        var settings = new Dictionary<string, string>(
            (request.Cluster.Spec.Target?.Terraform?.FilesProviderExtraConfig).OrNone(),
            StringComparer.Ordinal
        )
        {
            ["region"] = request.Facts.Bucket.Region ?? region,
        };
        return ([new("aws", Block.Of(settings), Alias)], [.. request.Files.SelectMany(file => Resources(request, file))]);
    }

    private static IEnumerable<Resource> Resources(ResourceRequest request, ManagedFile file) =>
        Kinds.TryGetValue(Scheme(file), out var build)
            ? build(request, file)
            : throw new NotSupportedException(
                $"Terraform has no resource for files in {file.Address}; use s3://, or write the files to the store with "
                    + "KOPS_FEATURE_FLAGS=-TerraformManagedFiles"
            );

    private static string Scheme(ManagedFile file) => file.Address.Split("://", 2) is [var scheme, _] ? scheme : "file";

    private static IEnumerable<Resource> S3Object(ResourceRequest request, ManagedFile file)
    {
        var (bucket, key) = file.Address.Split("://", 2)[1].Split('/', 2) is [var first, var rest]
            ? (first, rest)
            : (string.Empty, string.Empty);
        yield return new(
            S3,
            file.Name,
            new()
            {
                ["acl"] = file.IsPublic ? "public-read" : null,
                ["bucket"] = bucket,
                ["content"] = new DataFile("content", file.Content),
                ["key"] = key,
                ["server_side_encryption"] = request.Facts.Bucket.EncryptsByItself ? null : "AES256",
            }
        )
        {
            ProviderAlias = Alias,
        };
    }
}
