using Kops.Cli.CommandLine;

namespace Kops.Cli.Commands;

/// <summary>The program itself, and the flags of every command.</summary>
internal static class RootCommand
{
    public static CommandSpec Spec { get; } =
        new(string.Empty, "kops keeps the desired state of Kubernetes clusters as plain files in any store")
        {
            Description = "Commands and files are those of kOps: either program can go on where the other stopped.",
            Examples =
            [
                (
                    "Describe a cluster, look at it, change it, write what its nodes boot from",
                    "kops create cluster demo.example.com --zones us-east-1a,us-east-1b"
                ),
                ("", "kops get all demo.example.com"),
                ("", "kops edit cluster demo.example.com --set spec.kubernetesVersion=1.36.3"),
                ("", "kops update cluster demo.example.com --yes"),
            ],
            FlagsAreInherited = true,
            Flags = GlobalFlags.All,
        };
}
