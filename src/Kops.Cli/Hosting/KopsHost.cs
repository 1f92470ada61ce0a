using Kops.StateStore.Changes.Journal;

namespace Kops.Cli.Hosting;

/// <summary>Everything outside of the program that a command may touch.</summary>
/// <param name="Console">Streams.</param>
/// <param name="Environment">Variables by name.</param>
/// <param name="Time">The clock.</param>
internal sealed record KopsHost(KopsConsole Console, IReadOnlyDictionary<string, string> Environment, TimeProvider Time)
{
    /// <summary>The value of a variable; null when it is unset or empty.</summary>
    public string? Variable(string name) => Environment.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;

    /// <summary>The user's home directory; null when nobody says where it is.</summary>
    public string? Home => Variable("HOME") ?? Variable("USERPROFILE");

    /// <summary>What relative paths of the user's files begin at.</summary>
    public string WorkingDirectory { get; init; } = System.Environment.CurrentDirectory;

    /// <summary>Tells this process from others, and whether those live.</summary>
    public IProcessProbe Processes { get; init; } = new LinuxProcessProbe();

    /// <summary>Keeps Ctrl-C from this program while another one, an editor, has the terminal.</summary>
    public Func<IDisposable?> HoldInterrupts { get; init; } = static () => null;

    /// <summary>A container may have no list of users.</summary>
    private static string UserName()
    {
        try
        {
            return System.Environment.UserName;
        }
        catch (IOException)
        {
            return "unknown";
        }
    }

    /// <summary>Who runs a command line, for the record.</summary>
    public ChangeAuthor Author(string command) =>
        new(
            Variable("USER") ?? Variable("LOGNAME") ?? UserName(),
            System.Environment.MachineName,
            command,
            $"kops {ProgramVersion.Number}"
        );
}
