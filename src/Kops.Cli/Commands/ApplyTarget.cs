using Kops.Cli.CommandLine;
using Kops.Cli.Hosting;

namespace Kops.Cli.Commands;

/// <summary>The flag <c>--target</c>: how a cluster is applied.</summary>
internal static class ApplyTarget
{
    private const string Terraform = "terraform";

    public static Flag<string?> Flag { get; } =
        CommandLine.Flag.Text("target", "How to apply; direct writes files and makes nothing in the cloud yet") with
        {
            Default = "direct",
            Choices = ["direct", Terraform],
        };

    /// <summary>Whether a Terraform configuration is asked for. Every target that there is not is refused.</summary>
    public static bool IsTerraform(Invocation run) =>
        run.Get(Flag) switch
        {
            Terraform => true,
            "direct" => false,
            var target => throw CommandException.Failed(
                $"--target {target} is not supported yet; there are direct and {Terraform}, and {LaterCommands.WithKops}"
            ),
        };
}
