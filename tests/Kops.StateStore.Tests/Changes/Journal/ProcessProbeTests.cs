using System.Diagnostics;
using Kops.StateStore.Changes.Journal;
using Xunit;

namespace Kops.StateStore.Tests.Changes.Journal;

public sealed class ProcessProbeTests
{
    private readonly LinuxProcessProbe _probe = new();

    public ProcessProbeTests() => Assert.SkipUnless(OperatingSystem.IsLinux(), "there is no /proc");

    [Fact]
    public void The_process_itself_is_alive() => Assert.Equal(ProcessLife.Alive, _probe.LifeOf(_probe.Self));

    [Fact]
    public void A_process_that_has_ended_is_dead()
    {
        using var process = Process.Start(new ProcessStartInfo("sleep", "0.01"))!;
        process.WaitForExit();

        Assert.Equal(ProcessLife.Dead, _probe.LifeOf(_probe.Self with { ProcessId = process.Id }));
    }

    [Fact]
    public void A_later_process_of_the_same_id_is_another_one() =>
        Assert.Equal(ProcessLife.Dead, _probe.LifeOf(_probe.Self with { Started = "1" }));

    [Fact]
    public void Of_a_process_of_another_machine_nobody_can_tell() =>
        Assert.Equal(ProcessLife.Unknown, _probe.LifeOf(_probe.Self with { Machine = "elsewhere", ProcessId = int.MaxValue }));

    [Fact]
    public void Of_an_unknown_process_nobody_can_tell() => Assert.Equal(ProcessLife.Unknown, _probe.LifeOf(ProcessIdentity.Unknown));
}
