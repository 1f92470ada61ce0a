namespace Kops.Vfs.Conformance;

/// <summary>How far the managed memory grew, looked at from time to time.</summary>
internal sealed class MemoryHighWater
{
    private readonly long _start = GC.GetTotalMemory(forceFullCollection: true);
    private long _most;
    private int _looks;

    internal long Grown => Math.Max(0, _most - _start);

    internal void Look()
    {
        if (_looks++ % 64 == 0)
            _most = Math.Max(_most, GC.GetTotalMemory(forceFullCollection: false));
    }
}
