namespace Kops.Vfs.Layers.Lock;

/// <summary>Lets one write at a time to a key, among those that share a lock. Keys may share a gate.</summary>
internal sealed class KeyGates
{
    private readonly SemaphoreSlim[] _gates = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1))];

    /// <summary>Waits until no other write is made to any of the keys.</summary>
    internal async ValueTask<IDisposable> EnterAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        var entered = new Entered();
        try
        {
            // Always in one order, so that two never wait for each other.
            foreach (
                var index in keys.Select(key => (int)((uint)string.GetHashCode(key, StringComparison.Ordinal) % (uint)_gates.Length))
                    .Distinct()
                    .Order()
            )
            {
                await _gates[index].WaitAsync(cancellationToken).ConfigureAwait(false);
                entered.Gates.Add(_gates[index]);
            }

            return entered;
        }
        catch
        {
            entered.Dispose();
            throw;
        }
    }

    private sealed class Entered : IDisposable
    {
        internal List<SemaphoreSlim> Gates { get; } = [];

        public void Dispose()
        {
            foreach (var gate in Gates)
                gate.Release();
            Gates.Clear();
        }
    }
}
