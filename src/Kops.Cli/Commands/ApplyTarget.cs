using Kops.Cli.CommandLine;
using Kops.Cli.Hosting;

namespace Kops.Cli.Commands;

/// <summary>The flag <c>--target</c>: how a cluster is applied.</summary>
internal static class ApplyTarget
{
    public static Flag<string?> Flag { get; } =
        CommandLine.Flag.Text("target", "How to apply; direct writes files and makes nothing in the cloud yet") with
        {
            Default = "direct",
            Choices = ["direct"],
        };

    /// <summary>Refuses every target but the one there is.</summary>
    public static void Check(Invocation run)
    {
        if (run.Get(Flag) is not "direct" and var target)
            throw CommandException.Failed($"--target {target} is not supported yet; there is direct, and {LaterCommands.WithKops}");
    }
}
