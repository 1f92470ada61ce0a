using Amazon.Runtime;
using Amazon.S3;
using Azure.Storage;
using Azure.Storage.Blobs;
using Kops.Cli.Tests.Stores;
using Kops.Vfs.Conformance.Servers;
using Kops.Vfs.Gcs.Server;
using Kops.Vfs.Gcs.Server.Objects;
using Kops.Vfs.Oss.Server;
using Xunit;

[assembly: AssemblyFixture(typeof(TestServers))]

namespace Kops.Cli.Tests.Stores;

/// <summary>The servers of <c>eng/servers</c> that the tests of this project share; each is started when the first test wants it.</summary>
public sealed class TestServers : IAsyncDisposable
{
    private static int s_stores;
    private readonly Dictionary<string, Task<(ServerScript? Server, string? Reason)>> _scripts = new(StringComparer.Ordinal);
    private readonly Lazy<Task<GcsServer>> _gcs = new(() => GcsServer.StartAsync(new GcsServerOptions()));

    private readonly Lazy<Task<OssServer>> _oss = new(() => OssServer.StartAsync(new OssServerOptions { Readers = [OssReader] }));

    /// <summary>A key that may only read on the server for OSS.</summary>
    public static OssAccount OssReader { get; } = new("LTAI-reader", "reader-secret-11c0");

    /// <summary>A name for a new bucket, container or directory.</summary>
    public static string NewName() => $"kops-cli-{Environment.ProcessId}-{Interlocked.Increment(ref s_stores)}";

    /// <summary>What a server of <c>eng/servers</c> says of itself; skips the test where the machine cannot run it.</summary>
    public async Task<IReadOnlyDictionary<string, string>> StartAsync(string name)
    {
        Task<(ServerScript?, string?)>? starting;
        lock (_scripts)
        {
            if (!_scripts.TryGetValue(name, out starting))
                _scripts[name] = starting = ServerScript.StartAsync(name);
        }

        var (server, reason) = await starting;
        Assert.SkipWhen(server is null, reason ?? name);
        return server!.Values;
    }

    /// <summary>Makes a bucket on Ceph.</summary>
    public async Task<(string Bucket, IReadOnlyDictionary<string, string> Values)> CreateBucketAsync(CancellationToken cancellationToken)
    {
        var (bucket, values) = (NewName(), await StartAsync("ceph"));
        using var client = Client(values);
        await client.PutBucketAsync(bucket, cancellationToken);
        return (bucket, values);
    }

    /// <summary>Writes an object on Ceph as another program does, with whatever key.</summary>
    public async Task PutAsync(string bucket, string key, CancellationToken cancellationToken)
    {
        using var client = Client(await StartAsync("ceph"));
        await client.PutObjectAsync(
            new()
            {
                BucketName = bucket,
                Key = key,
                ContentBody = "x",
                UseChunkEncoding = false,
            },
            cancellationToken
        );
    }

    private static AmazonS3Client Client(IReadOnlyDictionary<string, string> values) =>
        new(
            new BasicAWSCredentials(values["S3_ACCESS_KEY_ID"], values["S3_SECRET_ACCESS_KEY"]),
            new AmazonS3Config
            {
                ServiceURL = values["S3_ENDPOINT"],
                ForcePathStyle = true,
                AuthenticationRegion = "us-east-1",
                RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            }
        );

    /// <summary>Makes a container on Azurite.</summary>
    public async Task<(string Container, IReadOnlyDictionary<string, string> Values)> CreateContainerAsync(
        CancellationToken cancellationToken
    )
    {
        var (container, values) = (NewName(), await StartAsync("azurite"));
        var client = new BlobServiceClient(
            new Uri(values["AZURE_ENDPOINT"]),
            new StorageSharedKeyCredential(values["AZURE_ACCOUNT"], values["AZURE_KEY"])
        );
        await client.CreateBlobContainerAsync(container, cancellationToken: cancellationToken);
        return (container, values);
    }

    /// <summary>Makes a bucket on the server for Cloud Storage.</summary>
    public async Task<(string Bucket, GcsServer Server)> CreateGcsBucketAsync()
    {
        var (bucket, server) = (NewName(), await _gcs.Value);
        server.CreateBucket(bucket, new BucketOptions());
        return (bucket, server);
    }

    /// <summary>Makes a bucket on the server for OSS.</summary>
    public async Task<(string Bucket, OssServer Server)> CreateOssBucketAsync(bool versioning)
    {
        var (bucket, server) = (NewName(), await _oss.Value);
        server.CreateBucket(bucket, versioning);
        return (bucket, server);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var starting in _scripts.Values)
        {
            if ((await starting).Server is { } server)
                await server.DisposeAsync();
        }

        if (_oss.IsValueCreated)
            await (await _oss.Value).DisposeAsync();
        if (_gcs.IsValueCreated)
            await (await _gcs.Value).DisposeAsync();
    }
}
