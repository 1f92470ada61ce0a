namespace Kops.Cli.Tests.Hostile;

/// <summary>Something that somebody left who means no good, and the command that meets it.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Leave">Leaves it.</param>
/// <param name="Command">What an honest user runs then.</param>
/// <param name="Tells">What the error names; null where the command may do its work even so.</param>
internal sealed record HostileInput(string Name, Action<HostileStore> Leave, string Command, string? Tells)
{
    /// <summary>Whether a process of its own meets it, whose memory is looked at: it may be endless, or wait for ever.</summary>
    public bool IsEndless { get; init; }
}
