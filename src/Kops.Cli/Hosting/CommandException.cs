namespace Kops.Cli.Hosting;

/// <summary>A command ends with a message and an exit code. The message says what was wrong, where, and what to do.</summary>
internal sealed class CommandException : Exception
{
    private CommandException(int exitCode, string message, Exception? innerException = null)
        : base(message, innerException) => ExitCode = exitCode;

    public int ExitCode { get; }

    public static CommandException Failed(string message, Exception? cause = null) => new(Hosting.ExitCode.Failed, message, cause);

    public static CommandException Usage(string message) => new(Hosting.ExitCode.Usage, message);

    public static CommandException Conflict(string message) => new(Hosting.ExitCode.Conflict, message);

    public static CommandException Interrupted(string message) => new(Hosting.ExitCode.Interrupted, message);

    public static CommandException NotFound(string message) => new(Hosting.ExitCode.NotFound, message);
}
