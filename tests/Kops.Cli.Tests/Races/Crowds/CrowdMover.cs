using Kops.Cli.Tests.Support;

namespace Kops.Cli.Tests.Races.Crowds;

/// <summary>
/// Moves the cluster of a crowd to the other store and back: move, update, remove the old files; and each again when it was killed.
/// </summary>
internal sealed class CrowdMover(Crowd crowd, Random random)
{
    private int _at;
    private int _stage;

    /// <summary>Where the cluster is.</summary>
    public int Store => _stage == 0 ? _at : 1 - _at;

    public async Task RunAsync(int steps)
    {
        for (var i = 0; i < steps; i++)
            await StepAsync(random.Next(6) == 0 ? TimeSpan.FromMilliseconds(random.Next(2500)) : null);

        // What was killed is brought to its end, so that one knows where the cluster is.
        for (var i = 0; i < 20 && _stage != 0; i++)
            await StepAsync(null);
    }

    private async Task StepAsync(TimeSpan? killing)
    {
        const string Name = DeskClusters.Name;
        var there = 1 - _at;
        var (kind, command, store, again) = _stage switch
        {
            0 => ("move", $"state move {Name} --to {crowd.AddressOf(there)} --yes", _at, "has moved to"),
            1 => ("update after a move", $"update cluster {Name} --yes", there, string.Empty),
            _ => ("finish of a move", $"state move {Name} --finish --yes", _at, "is waiting to be finished"),
        };
        var end = await crowd.RunAsync(kind, command, store, killing, again);
        if (end is not StepEnd.Done)
            return;
        _stage = (_stage + 1) % 3;
        if (_stage == 0)
            _at = there;
    }
}
