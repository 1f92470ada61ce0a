using Kops.Model.Clouds;

namespace Kops.Model.Tests.Goldens;

/// <summary>The clouds that the golden cases were made in.</summary>
internal static class GoldenFacts
{
    public static CloudFacts Clouds { get; } = new(new Dictionary<string, ProviderFacts>
    {
        ["aws"] = new()
        {
            Regions = new Dictionary<string, IReadOnlyList<string>> { ["us-test-1"] = ["us-test-1a", "us-test-1b", "us-test-1c"] },
            DefaultMachineTypes = Types("m3.medium", "t2.medium", "t2.micro"),
            Networks = [new("vpc-12345678", "10.0.0.0/12", [new("subnet-1", "us-test-1a", "10.10.0.0/24"), new("subnet-2", "us-test-1a", "10.11.0.0/24")])],
        },
        ["openstack"] = new() { DefaultMachineTypes = Types("n1-standard-1", "n1-standard-1", "n1-standard-1") },
    });

    private static Dictionary<MachineRole, string> Types(string controlPlane, string node, string bastion) => new()
    {
        [MachineRole.ControlPlane] = controlPlane, [MachineRole.ApiServer] = controlPlane, [MachineRole.Node] = node, [MachineRole.Bastion] = bastion,
    };
}
