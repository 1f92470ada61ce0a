using Kops.StateStore.Changes.Journal;

namespace Kops.StateStore.Tests.Support;

/// <summary>Processes of one machine, of which some are dead.</summary>
internal sealed class FakeProbe(int self) : IProcessProbe
{
    public HashSet<int> Dead { get; init; } = [];

    public ProcessIdentity Self { get; } = new("machine", self, "start");

    public bool IsDead(ProcessIdentity process) => process.Machine == Self.Machine && Dead.Contains(process.ProcessId);
}
