using Kops.Cli.Hosting;
using Kops.Vfs;
using Kops.Vfs.AzureBlob;
using Kops.Vfs.AzureBlob.Configuration;
using Kops.Vfs.Drivers;
using Kops.Vfs.Gcs;
using Kops.Vfs.Gcs.Configuration;
using Kops.Vfs.Kubernetes;
using Kops.Vfs.Kubernetes.Config;
using Kops.Vfs.Layers.Lock;
using Kops.Vfs.Oss;
using Kops.Vfs.Oss.Configuration;
using Kops.Vfs.Profiles;
using Kops.Vfs.Rest.Web;
using Kops.Vfs.S3;
using Kops.Vfs.S3.Configuration;
using Kops.Vfs.Sftp;
using Kops.Vfs.Sftp.Configuration;
using Kops.Vfs.Swift;
using Kops.Vfs.Swift.Configuration;

namespace Kops.Cli.Stores;

/// <summary>
/// The stores over a network. A new one is a row here. Their drivers try again by themselves, so there is no retry layer.
/// </summary>
internal static class RemoteStores
{
    private static readonly StoreKind[] Kinds =
    [
        new(["do", "hos", "linode", "s3", "scw"], () => S3Configuration.Settings, AddS3),
        new(["gs"], () => GcsConfiguration.Settings, AddGcs),
        new(["azureblob"], () => AzureBlobConfiguration.Settings, AddAzureBlob),
        new(["oss"], () => OssConfiguration.Settings, AddOss),
        new(["swift"], () => SwiftConfiguration.Settings, AddSwift),
        new(["k8s"], () => KubernetesConfiguration.Settings, AddKubernetes),
        new(["sftp", "ssh"], () => SftpConfiguration.Settings, AddSftp),
        new(["http", "https"], () => [], AddWeb),
    ];

    /// <summary>Their schemes, sorted.</summary>
    public static IEnumerable<string> Schemes => Kinds.SelectMany(kind => kind.Schemes).Order(StringComparer.Ordinal);

    /// <summary>The kind of a scheme; null for a scheme that is unknown, or not over a network.</summary>
    public static StoreKind? KindOf(string scheme) => Kinds.FirstOrDefault(kind => kind.Schemes.Contains(scheme));

    public static StoreRegistry AddRemoteStores(this StoreRegistry registry, StoreAccess access)
    {
        foreach (var kind in Kinds)
            kind.AddTo(registry, access);
        return registry;
    }

    /// <summary>S3 and its relatives; those that ignore conditions, in a lock.</summary>
    private static void AddS3(StoreRegistry registry, StoreAccess access) =>
        Add(
            registry,
            access,
            S3Stores.Kind,
            S3Configuration.Read,
            (store, options) => access.Wrap(store, options.Probe ? options.Endpoint?.AbsoluteUri ?? "AWS" : null, Lock(access))
        );

    /// <summary>Google Cloud Storage; emulators that ignore conditions, in a lock.</summary>
    private static void AddGcs(StoreRegistry registry, StoreAccess access) =>
        Add(
            registry,
            access,
            GcsStores.Kind,
            GcsConfiguration.Read,
            (store, options) => access.Wrap(store, options.Probe ? options.Endpoint.AbsoluteUri : null, Lock(access))
        );

    private static void AddAzureBlob(StoreRegistry registry, StoreAccess access) =>
        Add(registry, access, AzureBlobStores.Kind, AzureBlobConfiguration.Read);

    /// <summary>OpenStack Swift, in the lock that makes its conditions safe.</summary>
    private static void AddSwift(StoreRegistry registry, StoreAccess access)
    {
        var guard = Lock(access);
        Add(registry, access, SwiftStores.Kind, settings => SwiftConfiguration.Read(settings) with { Lock = guard });
    }

    /// <summary>Alibaba Cloud's OSS, in the same lock.</summary>
    private static void AddOss(StoreRegistry registry, StoreAccess access)
    {
        var guard = Lock(access);
        Add(registry, access, OssStores.Kind, settings => OssConfiguration.Read(settings) with { Lock = guard });
    }

    private static void AddKubernetes(StoreRegistry registry, StoreAccess access) =>
        Add(registry, access, KubernetesStores.Kind, KubernetesConfiguration.Read);

    private static void AddSftp(StoreRegistry registry, StoreAccess access) =>
        Add(registry, access, SftpStores.Kind, SftpConfiguration.Read);

    /// <summary>Files on the web, for <c>-f</c> and <c>--channel</c>: they can only be read, and have no layers.</summary>
    private static void AddWeb(StoreRegistry registry, StoreAccess access) =>
        Add(registry, access, HttpStores.Kind, _ => new HttpStoreOptions(), (store, _) => store);

    private static void Add<TOptions>(
        StoreRegistry registry,
        StoreAccess access,
        DriverKind<TOptions> kind,
        Func<StoreSettings, TOptions> read,
        Func<Store, TOptions, Store>? layers = null
    )
        where TOptions : notnull =>
        new StoreOpener<TOptions>(
            kind,
            path => read(access.SettingsOf(path)),
            access.Time,
            layers ?? ((store, _) => access.Wrap(store))
        ).AddTo(registry);

    private static LockOptions Lock(StoreAccess access) => new() { Holder = Holder(access.Host), Tell = access.Tell };

    /// <summary>Who holds a lock, for those who wait for it.</summary>
    private static string Holder(KopsHost host) => $"{host.Author(string.Empty)}, process {Environment.ProcessId}";
}
