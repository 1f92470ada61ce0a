using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Kops.Vfs;
using Kops.Vfs.Drivers;

namespace Kops.StateStore.Tests.Transfer;

/// <summary>A store with many objects that exist in its listing alone, made as they are asked for.</summary>
internal sealed class EndlessDriver(int count) : IStoreDriver
{
    public StoreCapabilities Capabilities { get; } = new();

    public ValueTask<ObjectInfo?> StatAsync(string key, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<ObjectReader?> OpenReadAsync(string key, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<WriteOutcome> PutAsync(string key, ObjectBody body, WriteCondition condition, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<WriteOutcome> DeleteAsync(string key, WriteCondition condition, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public async IAsyncEnumerable<ListEntry> ListAsync(
        string prefix,
        ListDepth depth,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        for (var i = 0; i < count; i++)
        {
            if (i % 1000 == 0)
                await Task.Yield();
            var key = i.ToString("d8", CultureInfo.InvariantCulture);
            yield return new ListEntry(key, new ObjectInfo(key, 1000, null, default) { Md5 = MD5.HashData(BitConverter.GetBytes(i)) });
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
