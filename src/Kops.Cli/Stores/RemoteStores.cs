using Kops.Cli.Hosting;
using Kops.Vfs;
using Kops.Vfs.AzureBlob;
using Kops.Vfs.Gcs;
using Kops.Vfs.Http;
using Kops.Vfs.Kubernetes;
using Kops.Vfs.Layers.Lock;
using Kops.Vfs.Oss;
using Kops.Vfs.S3;
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
        new S3Stores(
            path => S3Configuration.Read(access.SettingsOf(path)),
            access.Time,
            (store, options) => access.Wrap(store, options.Probe ? options.Endpoint?.AbsoluteUri ?? "AWS" : null, Lock(access))
        ).AddTo(registry);

    /// <summary>Google Cloud Storage; emulators that ignore conditions, in a lock.</summary>
    private static void AddGcs(StoreRegistry registry, StoreAccess access) =>
        new GcsStores(
            path => GcsConfiguration.Read(access.SettingsOf(path)),
            access.Time,
            (store, options) => access.Wrap(store, options.Probe ? options.Endpoint.AbsoluteUri : null, Lock(access))
        ).AddTo(registry);

    private static void AddAzureBlob(StoreRegistry registry, StoreAccess access) =>
        new AzureBlobStores(path => AzureBlobConfiguration.Read(access.SettingsOf(path)), access.Time, store => access.Wrap(store)).AddTo(
            registry
        );

    /// <summary>OpenStack Swift, in the lock that makes its conditions safe.</summary>
    private static void AddSwift(StoreRegistry registry, StoreAccess access)
    {
        var guard = Lock(access);
        new SwiftStores(
            path => SwiftConfiguration.Read(access.SettingsOf(path)) with { Lock = guard },
            access.Time,
            store => access.Wrap(store)
        ).AddTo(registry);
    }

    /// <summary>Alibaba Cloud's OSS, in the same lock.</summary>
    private static void AddOss(StoreRegistry registry, StoreAccess access)
    {
        var guard = Lock(access);
        new OssStores(
            path => OssConfiguration.Read(access.SettingsOf(path)) with { Lock = guard },
            access.Time,
            store => access.Wrap(store)
        ).AddTo(registry);
    }

    private static void AddKubernetes(StoreRegistry registry, StoreAccess access) =>
        new KubernetesStores(path => KubernetesConfiguration.Read(access.SettingsOf(path)), access.Time, store => access.Wrap(store)).AddTo(
            registry
        );

    private static void AddSftp(StoreRegistry registry, StoreAccess access) =>
        new SftpStores(path => SftpConfiguration.Read(access.SettingsOf(path)), access.Time, store => access.Wrap(store)).AddTo(registry);

    /// <summary>Files on the web, for <c>-f</c> and <c>--channel</c>: they can only be read.</summary>
    private static void AddWeb(StoreRegistry registry, StoreAccess access) =>
        new HttpStores(new HttpStoreOptions(), access.Time).AddTo(registry);

    private static LockOptions Lock(StoreAccess access) => new() { Holder = Holder(access.Host), Tell = access.Tell };

    /// <summary>Who holds a lock, for those who wait for it.</summary>
    private static string Holder(KopsHost host) => $"{host.Author(string.Empty)}, process {Environment.ProcessId}";
}
