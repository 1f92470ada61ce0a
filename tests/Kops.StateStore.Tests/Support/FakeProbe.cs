using Kops.StateStore.Changes.Journal;

namespace Kops.StateStore.Tests.Support;

/// <summary>Processes of one machine, of which some are dead.</summary>
internal sealed class FakeProbe(int self) : IProcessProbe
{
    public HashSet<int> Dead { get; init; } = [];

    public ProcessIdentity Self { get; } = new("machine", self, "start");

    public ProcessLife LifeOf(ProcessIdentity process) =>
        process.Machine != Self.Machine ? ProcessLife.Unknown
        : Dead.Contains(process.ProcessId) ? ProcessLife.Dead
        : ProcessLife.Alive;
}
