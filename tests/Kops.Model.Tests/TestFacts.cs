using Kops.Api.Clouds;
using Kops.Model.Clouds;

namespace Kops.Model.Tests;

/// <summary>A small AWS for tests.</summary>
internal static class TestFacts
{
    public static CloudFacts Aws { get; } =
        new(
            new Dictionary<string, ProviderFacts>
            {
                ["aws"] = new()
                {
                    Regions = new Dictionary<string, IReadOnlyList<string>> { ["us-test-1"] = ["us-test-1a", "us-test-1b", "us-test-1c"] },
                    DefaultMachineTypes = new Dictionary<MachineRole, string>
                    {
                        [MachineRole.ControlPlane] = "m5.large",
                        [MachineRole.Node] = "m5.large",
                        [MachineRole.Bastion] = "t3.micro",
                    },
                    DnsZones = [new("Z1", "example.com", IsPrivate: false), new("Z2", "example.com", IsPrivate: true)],
                    Networks =
                    [
                        new(
                            "vpc-1",
                            "10.0.0.0/16",
                            [
                                new("subnet-a", "us-test-1a", "10.0.0.0/24"),
                                new("subnet-b", "us-test-1b", "10.0.1.0/24"),
                                new("subnet-c", "us-test-1c", "10.0.2.0/24"),
                            ]
                        ),
                    ],
                },
            }
        );
}
