using Kops.Vfs;
using Kops.Vfs.Drivers;
using Kops.Vfs.Layers;

namespace Kops.StateStore.Tests.Changes.Moves;

/// <summary>Notes what is listed, and how many rows are taken.</summary>
internal sealed class ListedDriver(IStoreDriver inner) : StoreLayer(inner)
{
    private readonly List<string> _listed = [];
    private int _rows;

    public IReadOnlyList<string> Listed => _listed;

    public int Rows => _rows;

    public void Clear()
    {
        _listed.Clear();
        _rows = 0;
    }

    public override async IAsyncEnumerable<ListEntry> ListAsync(
        string prefix,
        ListDepth depth,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        lock (_listed)
            _listed.Add($"{prefix}:{depth}");
        await foreach (var entry in base.ListAsync(prefix, depth, cancellationToken))
        {
            Interlocked.Increment(ref _rows);
            yield return entry;
        }
    }
}
