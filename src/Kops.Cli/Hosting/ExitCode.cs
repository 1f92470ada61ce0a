namespace Kops.Cli.Hosting;

/// <summary>What the process says at its end. Scripts rely on these: they do not change.</summary>
internal static class ExitCode
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int Usage = 2;
    public const int Conflict = 3;
    public const int NotFound = 4;

    /// <summary><c>update cluster --exit-code</c>: there is something to apply.</summary>
    public const int ChangesPending = 5;

    /// <summary><c>state verify</c>: the two do not hold the same.</summary>
    public const int Different = 6;

    /// <summary>Stopped by Ctrl-C, as shells say it.</summary>
    public const int Interrupted = 130;
}
