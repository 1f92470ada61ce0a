using Kops.Cli.CommandLine;
using Kops.Cli.Hosting;
using Kops.Cli.Output;

namespace Kops.Cli.Planning;

/// <summary>The flags of commands that show what they would do. Each takes those that mean something to it.</summary>
internal static class PlanFlags
{
    public static Flag<bool> Yes { get; } = Flag.Switch("yes", "Do it; without, what would be done is shown") with { Short = "y" };

    public static Flag<bool> DryRun { get; } = Flag.Switch("dry-run", "Show what would be done, whatever else is given");

    public static Flag<bool> ExitCode { get; } =
        Flag.Switch("exit-code", $"Without --yes: exit with {Hosting.ExitCode.ChangesPending} when something would change");

    public static Flag<bool> AllowDowngrade { get; } =
        Flag.Switch("allow-kops-downgrade", "Go on although a newer kOps updated the cluster last");

    /// <summary>For what describes machines: that it goes alone.</summary>
    public static Flag<bool> Unregister { get; } =
        Flag.Switch("unregister", "Delete the state alone, whatever is still there in the cloud");

    /// <summary>Whether what was planned is to be done.</summary>
    public static bool IsAgreed(this Invocation run) => run.Get(Yes) && !run.Get(DryRun);

    /// <summary>Whether the output is read by a program, which is told of no way to agree.</summary>
    public static bool IsForPrograms(this Invocation run) => run.Get(OutputFlag.Flag) is OutputFormat.Json;

    /// <summary>Says to people how it went; programs get their own output.</summary>
    public static void Say(this Invocation run, string message)
    {
        if (!run.IsForPrograms())
            run.Out.WriteLine(message);
    }
}
