namespace Kops.Cli.Tests.State;

/// <summary>Races for moves between directories.</summary>
public sealed class FileMoveRaces : MoveRaces
{
    private int _stores;

    protected override Task<string> NewStoreAsync() => Task.FromResult(Desk.PathOf($"store{_stores++}"));
}
