using Kops.Vfs;
using Kops.Vfs.AzureBlob;
using Kops.Vfs.Gcs;
using Kops.Vfs.Layers;
using Kops.Vfs.Layers.Check;
using Kops.Vfs.S3;
using Kops.Vfs.Swift;
using Kops.Vfs.Swift.Configuration;

namespace Kops.Cli.Hosting;

/// <summary>The stores over the network, with their layers.</summary>
internal static class RemoteStores
{
    private const int MaxConcurrency = 32;

    /// <summary>Where it is tried out whether a server honours conditions; outside of every cluster's own directory.</summary>
    private const string ProbePrefix = ".kops/probe/";

    /// <summary>S3 and its relatives. Their driver tries again by itself, so there is no retry layer.</summary>
    public static StoreRegistry AddS3Stores(this StoreRegistry registry, KopsHost host)
    {
        new S3Stores(path => S3Environment.Read(path, host.Environment), host.Time, (store, options) => Wrap(store, host, options.Probe)).AddTo(registry);
        return registry;
    }

    /// <summary>Google Cloud Storage. Its driver tries again by itself, too.</summary>
    public static StoreRegistry AddGcsStores(this StoreRegistry registry, KopsHost host)
    {
        new GcsStores(path => GcsEnvironment.Read(path, host.Environment), host.Time, (store, options) => Wrap(store, host, options.Probe)).AddTo(registry);
        return registry;
    }

    /// <summary>Azure Blob Storage. Its driver tries again by itself, and its server's conditions need no trial.</summary>
    public static StoreRegistry AddAzureStores(this StoreRegistry registry, KopsHost host)
    {
        new AzureBlobStores(path => AzureBlobEnvironment.Read(path, host.Environment), host.Time, store => Wrap(store, host, probe: false)).AddTo(registry);
        return registry;
    }

    /// <summary>OpenStack Swift, in the lock that makes its conditions safe. Its driver tries again by itself, too.</summary>
    public static StoreRegistry AddSwiftStores(this StoreRegistry registry, KopsHost host)
    {
        new SwiftStores(path => Locked(SwiftEnvironment.Read(path, host.Environment)), host.Time, store => Wrap(store, host, probe: false)).AddTo(registry);
        return registry;

        SwiftOptions Locked(SwiftOptions options) => options with
        {
            Lock = options.Lock with { Holder = Holder(host), Tell = text => host.Console.Error.WriteLine($"Note: {text}") },
        };
    }

    /// <summary>Who holds a lock, for those who wait for it.</summary>
    private static string Holder(KopsHost host) => $"{host.Author(string.Empty)}, process {Environment.ProcessId}";

    private static Store Wrap(Store store, KopsHost host, bool probe) => StoreLayers.Apply(store, new StoreLayerOptions
    {
        Clock = host.Time,
        MaxConcurrency = MaxConcurrency,
        Check = new CheckOptions { ProbePrefix = probe ? ProbePrefix : null },
    });
}
