using Kops.Api;
using Kops.Api.Validation;
using Kops.Model.Channels;
using Kops.Model.Clouds;
using Kops.Model.Completion;
using Kops.Model.Flags;
using Kops.Model.NewCluster;
using Kops.Model.Tests;
using Kops.Model.Tests.Goldens;
using Kops.Resources;
using Kops.Resources.Requests;

namespace Kops.Terraform.Tests;

/// <summary>Clusters from random flags, as Terraform is told of them.</summary>
internal static class AnyCluster
{
    private const string Features = "APIServerNodes";

    /// <summary>The files for a cluster on AWS, from flags that go together.</summary>
    public static IReadOnlyList<TerraformFile> OnAws(ClusterFlags flags)
    {
        var plan = Plans.Plan(flags with { SpotinstProduct = null, SpotinstOrientation = null }, Features);
        return Write(plan.Cluster, plan.InstanceGroups, TestFacts.Aws, "aws");
    }

    /// <summary>The files for a cluster on any cloud that is known; null where flags are refused, or ask for what is not known.</summary>
    public static IReadOnlyList<TerraformFile>? OnAnyCloud(ClusterFlags flags)
    {
        try
        {
            var store = flags.Cloud == "aws" ? "s3://state" : "memfs://state";
            var plan = ClusterPlanner.Plan(
                new(Plans.Name, store, flags, ChannelSnapshots.Find("stable")!, GoldenFacts.Clouds, FeatureFlags.Parse(Features))
            );
            if (ClusterValidator.Validate(plan.Cluster, plan.InstanceGroups).Count > 0)
                return null;
            if (plan.Cluster.Spec.CloudConfig?.Azure is { } azure)
                (azure.SubscriptionId, azure.StorageAccountID) = ("s", "/subscriptions/s/resourceGroups/g/providers/x/storageAccounts/a");
            return Write(plan.Cluster, plan.InstanceGroups, GoldenFacts.Clouds, flags.Cloud!);
        }
        catch (Exception refused) when (refused is InvalidFlagException or NotSupportedException)
        {
            return null;
        }
    }

    private static IReadOnlyList<TerraformFile> Write(
        Cluster described,
        IReadOnlyList<InstanceGroup> plain,
        CloudFacts clouds,
        string cloud
    )
    {
        var (cluster, features) = (ClusterCompleter.Complete(new(described, plain, clouds)), FeatureFlags.Parse(Features));
        List<InstanceGroup> groups =
        [
            .. plain.Select(group => GroupCompleter.Complete(new(cluster, group, ChannelSnapshots.Find("stable")!, clouds, features))),
        ];
        var facts = clouds.Of(cloud) with
        {
            Project = "123456789012",
            Images = groups
                .Select(group => group.Spec.Image ?? string.Empty)
                .Distinct()
                .ToDictionary(image => image, image => new ImageFact("ami-1", "/dev/xvda")),
            Gateways = new Dictionary<string, GatewayFact> { ["vpc-1"] = new("igw-1", "eigw-1") },
        };
        return TerraformConfiguration.Write(
            ResourceModel.Build(
                new(cluster, groups, facts)
                {
                    Features = features,
                    SshKeys = ["ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJlbDnrMtMYvWKRxjTzzV3x5nVZzU6iHzGGRXDFbBVRd"],
                    BootScripts = groups.ToDictionary(group => group.Metadata.Name!, group => "#!/bin/bash\n"),
                }
            )
        );
    }
}
