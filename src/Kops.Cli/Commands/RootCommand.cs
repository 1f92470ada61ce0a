using Kops.Cli.CommandLine;
using Kops.Model.Flags;

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
            Flags =
            [
                .. (
                    (Flag[])
                        [
                            Flag.Text("state", "Where clusters are kept, such as file:///srv/state (or KOPS_STATE_STORE)"),
                            Flag.Text("name", "Name of the cluster (or KOPS_CLUSTER_NAME)") with
                            {
                                Values = ValueSource.Cluster,
                            },
                            Flag.Text("config", "Configuration file (default $HOME/.kops.yaml, then $HOME/.kops/config)") with
                            {
                                Values = ValueSource.File,
                            },
                            new Flag(
                                "v",
                                FlagKind.Integer,
                                "How much to say: 2 tells how things were found, 4 each request to a store, 10 everything"
                            )
                            {
                                Short = "v",
                            },
                            Flag.Switch("help", "What the command does") with
                            {
                                Short = "h",
                            },
                            // klog's flags stand in many scripts. Messages always go to stderr here, so that there is nothing for these to
                            // change.
                            Flag.Text("alsologtostderrthreshold", string.Empty) with
                            {
                                IsHidden = true,
                            },
                            Flag.Switch("legacy_stderr_threshold_behavior", string.Empty) with
                            {
                                IsHidden = true,
                            },
                            Flag.Switch("alsologtostderr", string.Empty) with
                            {
                                IsHidden = true,
                            },
                            Flag.Switch("logtostderr", string.Empty) with
                            {
                                IsHidden = true,
                            },
                            Flag.Text("stderrthreshold", string.Empty) with
                            {
                                IsHidden = true,
                            },
                        ]
                ).Select(flag => flag with { IsGeneral = true }),
            ],
        };
}
