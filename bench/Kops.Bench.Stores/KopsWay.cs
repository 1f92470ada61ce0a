using System.Globalization;
using System.Text;
using Kops.Vfs;
using Kops.Vfs.Layers.Check;
using Kops.Vfs.Layers.Stack;
using Kops.Vfs.S3;
using Kops.Vfs.S3.Configuration;

namespace Kops.Bench.Stores;

/// <summary>Kops.Vfs with the layers that AddKopsVfs puts around a store.</summary>
internal sealed class KopsWay : IWay, IAsyncDisposable
{
    private readonly StoreRegistry _stores = new();
    private readonly VfsPath _bucket;

    public KopsWay(Uri endpoint, string id, string secret, string bucket)
    {
        var options = S3Presets.Ceph with { Endpoint = endpoint, AccessKey = new S3AccessKey(id, secret) };
        new StoreOpener<S3Options>(
            S3Stores.Kind,
            _ => options,
            TimeProvider.System,
            (store, _) =>
                StoreLayers.Apply(
                    store,
                    new StoreLayerOptions
                    {
                        Clock = TimeProvider.System,
                        MaxConcurrency = 32,
                        Check = new CheckOptions { ProbePrefix = ".kops-vfs/probe/" },
                    }
                )
        ).AddTo(_stores);
        _bucket = _stores.Resolve($"s3://{bucket}");
    }

    public string Name => "Kops.Vfs.S3";

    public async Task WriteAsync(string key, byte[] content) => await _bucket.Join(key).WriteAsync(content, WriteCondition.Any);

    public async Task<int> ReadAsync(string key) => (await _bucket.Join(key).ReadAsync())!.Bytes.Length;

    public async Task<int> ListAsync(string directory) => await _bucket.Join(directory).ListTreeAsync().CountAsync();

    public async Task IncrementAsync(string key) =>
        await _bucket
            .Join(key)
            .UpdateAsync(old =>
                Encoding.UTF8.GetBytes(
                    (int.Parse(Encoding.UTF8.GetString(old!.Bytes.Span), CultureInfo.InvariantCulture) + 1).ToString(
                        CultureInfo.InvariantCulture
                    )
                )
            );

    public ValueTask DisposeAsync() => _stores.DisposeAsync();
}
