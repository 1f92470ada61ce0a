using Kops.Resources.Requests;
using Kops.Resources.Values;

namespace Kops.Resources.Files;

/// <summary>The files of the state store as resources of the store's own kind, whatever cloud the cluster is in.</summary>
internal static class ManagedFileBuilder
{
    private const string Alias = "files";

    private static readonly Dictionary<string, Store> Stores = new(StringComparer.Ordinal)
    {
        ["azureblob"] = new("azurerm", Alias, AzureSettings, AzureBlob),
        ["do"] = new("digitalocean", null, NoSettings, Space),
        ["gs"] = new("google", Alias, NoSettings, GoogleObject),
        ["s3"] = new("aws", Alias, S3Settings, S3Object),
        ["scw"] = new("scaleway", null, NoSettings, ScalewayObject),
    };

    private static readonly ResourceKind Blob = new("azurerm_storage_blob");
    private static readonly ResourceKind Google = new("google_storage_bucket_object");
    private static readonly ResourceKind GoogleReaders = new("google_storage_object_acl");
    private static readonly ResourceKind S3 = new("aws_s3_object");
    private static readonly ResourceKind Scaleway = new("scaleway_object");
    private static readonly ResourceKind Spaces = new("digitalocean_spaces_bucket_object");

    /// <summary>The files' resources, and how their store is spoken to.</summary>
    /// <exception cref="NotSupportedException">A store that has no resources for its files.</exception>
    public static (IReadOnlyList<Provider> Providers, IReadOnlyList<Resource> Resources) Build(ResourceRequest request, string region)
    {
        var files = request.Files.Select(file => (Store: StoreOf(file), File: file)).ToList();
        return (
            [
                .. from store in files.Select(file => file.Store).Distinct()
                let given = Block.Of((request.Cluster.Spec.Target?.Terraform?.FilesProviderExtraConfig).OrNone())
                select new Provider(store.Provider, given.With(store.Settings(request, region)), store.Alias),
            ],
            [
                .. from file in files
                from resource in file.Store.Build(request, file.File)
                select resource with
                {
                    ProviderAlias = file.Store.Alias,
                },
            ]
        );
    }

    private static Store StoreOf(ManagedFile file) =>
        Stores.GetValueOrDefault(file.Address.Split("://", 2) is [var scheme, _] ? scheme : "file")
        ?? throw new NotSupportedException(
            $"Terraform has no resource for files in {file.Address}; it has some for {string.Join("://, ", Stores.Keys.Order())}://. Or "
                + "write the files to the store with KOPS_FEATURE_FLAGS=-TerraformManagedFiles"
        );

    private static Block S3Settings(ResourceRequest request, string region) => new() { ["region"] = request.Bucket.Region ?? region };

    private static IEnumerable<Resource> S3Object(ResourceRequest request, ManagedFile file)
    {
        var parts = Parts(file, 2);
        yield return new(
            S3,
            file.Name,
            new()
            {
                ["acl"] = file.IsPublic ? "public-read" : null,
                ["bucket"] = parts[0],
                ["content"] = new DataFile("content", file.Content),
                ["key"] = parts[1],
                ["server_side_encryption"] = request.Bucket.EncryptsByItself ? null : "AES256",
            }
        );
    }

    private static Block AzureSettings(ResourceRequest request, string region) =>
        new() { ["features"] = new Block(), ["subscription_id"] = StorageAccount(request).Split('/')[2] };

    // ACCOUNT/CONTAINER/KEY
    private static IEnumerable<Resource> AzureBlob(ResourceRequest request, ManagedFile file)
    {
        var parts = Parts(file, 3);
        yield return new(
            Blob,
            file.Name,
            new()
            {
                ["name"] = parts[2],
                ["source"] = new DataFile("source", file.Content, FileEncoding.Path),
                ["storage_container_id"] = $"{StorageAccount(request)}/blobServices/default/containers/{parts[1]}",
                ["type"] = "Block",
            }
        );
    }

    private static Block NoSettings(ResourceRequest request, string region) => new();

    // Where the bucket decides who reads, no object says so.
    private static IEnumerable<Resource> GoogleObject(ResourceRequest request, ManagedFile file)
    {
        var parts = Parts(file, 2);
        yield return new(
            Google,
            file.Name,
            new()
            {
                ["bucket"] = parts[0],
                ["name"] = parts[1],
                ["source"] = new DataFile("content", file.Content, FileEncoding.Path),
            }
        );
        if (file.IsPublic)
            yield return new(
                GoogleReaders,
                file.Name,
                new()
                {
                    ["bucket"] = parts[0],
                    ["object"] = Google.Of(file.Name, "output_name"),
                    ["role_entity"] = Value.List(["READER:allUsers"]),
                }
            );
    }

    private static IEnumerable<Resource> Space(ResourceRequest request, ManagedFile file)
    {
        var parts = Parts(file, 2);
        yield return new(
            Spaces,
            file.Name,
            new()
            {
                ["bucket"] = parts[0],
                ["content"] = new DataFile("content", file.Content),
                ["key"] = parts[1],
                ["region"] =
                    request.Bucket.Region ?? throw new FormatException($"the region of {file.Address} is not known; name it in S3_REGION"),
            }
        );
    }

    private static IEnumerable<Resource> ScalewayObject(ResourceRequest request, ManagedFile file)
    {
        var parts = Parts(file, 2);
        yield return new(
            Scaleway,
            file.Name,
            new()
            {
                ["bucket"] = parts[0],
                ["content"] = new DataFile("content", file.Content),
                ["key"] = parts[1],
            }
        );
    }

    private static string StorageAccount(ResourceRequest request) =>
        request.Cluster.Spec.CloudConfig?.Azure?.StorageAccountID is { } id && id.StartsWith("/subscriptions/", StringComparison.Ordinal)
            ? id
            : throw new FormatException("spec.cloudConfig.azure.storageAccountID is not an id: /subscriptions/ID/...");

    private static string[] Parts(ManagedFile file, int count) =>
        file.Address.Split("://", 2)[1].Split('/', count) is var parts && parts.Length == count
            ? parts
            : throw new FormatException($"{file.Address} is not an address of a file");

    private sealed record Store(
        string Provider,
        string? Alias,
        Func<ResourceRequest, string, Block> Settings,
        Func<ResourceRequest, ManagedFile, IEnumerable<Resource>> Build
    );
}
