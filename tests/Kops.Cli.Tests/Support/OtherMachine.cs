using Kops.StateStore.Changes.Journal;

namespace Kops.Cli.Tests.Support;

/// <summary>What is known of processes on a machine of which nobody here knows anything.</summary>
internal sealed class OtherMachine : IProcessProbe
{
    public ProcessIdentity Self => ProcessIdentity.Unknown;

    public ProcessLife LifeOf(ProcessIdentity process) => ProcessLife.Unknown;
}
