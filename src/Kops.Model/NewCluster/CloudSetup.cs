using Kops.Api;
using Kops.Api.Clouds;
using Kops.Model.Flags;

namespace Kops.Model.NewCluster;

/// <summary>The cloud, and the settings that only it has.</summary>
internal static class CloudSetup
{
    public static void Apply(ClusterDraft draft)
    {
        // Metal is not a provider of kops.k8s.io/v1alpha2: a label says it.
        if (draft.Cloud.Name == "metal")
            draft.Cluster.Metadata.Labels[CloudProfiles.CloudLabel] = "metal";
        else
            draft.Spec.CloudProvider = draft.Cloud.Name;

        if (draft.Cloud.Maturity is { } feature && !draft.Request.Features.IsOn(feature))
            draft.Warnings.Add(
                $"{draft.Cloud.Name} is experimental: kOps wants KOPS_FEATURE_FLAGS={feature} before it makes anything there"
            );
        WarnOfIdleFlags(draft);
        draft.Spec.NetworkID = Given(draft.Flags.OpenstackNetwork) ?? Given(draft.Flags.NetworkId);
        if (draft.Cloud.HasCloudConfig)
            draft.Spec.EnsureCloudConfig();
        switch (draft.Cloud.Name)
        {
            case "aws" when (Given(draft.Flags.SpotinstProduct) ?? Given(draft.Flags.SpotinstOrientation)) is not null:
                draft.Spec.EnsureCloudConfig().SpotinstProduct = Given(draft.Flags.SpotinstProduct);
                draft.Spec.EnsureCloudConfig().SpotinstOrientation = Given(draft.Flags.SpotinstOrientation);
                break;
            case "gce":
                draft.Spec.Project =
                    Given(draft.Flags.Project)
                    ?? draft.Facts.Project
                    ?? throw new InvalidFlagException("project", "--project is needed: the Google Cloud project to make the cluster in");
                draft.Spec.EnsureCloudConfig().GceServiceAccount = Given(draft.Flags.GceServiceAccount);
                break;
            case "azure":
                Azure(draft, draft.Spec.EnsureCloudConfig().EnsureAzure());
                break;
            case "openstack":
                OpenstackSetup.Apply(draft);
                break;
        }
    }

    internal static string? Given(string? text) => string.IsNullOrEmpty(text) ? null : text;

    // kOps accepts the flags of other clouds, and ignores them.
    private static void WarnOfIdleFlags(ClusterDraft draft)
    {
        var idle = ClusterFlagTable
            .All.Where(flag => flag.Clouds.Count > 0 && !flag.Clouds.Contains(draft.Cloud.Name) && flag.Get(draft.Flags) is not null)
            .Select(flag => flag.Name)
            .Where(name => name is not ("ipv6" or "control-plane-tenancy" or "node-tenancy"));
        foreach (var name in idle)
            draft.Warnings.Add($"--{name} means nothing on {draft.Cloud.Name}");
        if (draft.Flags.SubnetIds is { Count: > 0 } && draft.Cloud is { MatchesSubnetsToZones: false, Subnets: not SubnetLayout.Region })
            draft.Warnings.Add($"--subnets means nothing on {draft.Cloud.Name}");
        if (draft.Flags.UtilitySubnetIds is not { Count: > 0 })
            return;
        if (!draft.Cloud.MatchesSubnetsToZones)
            draft.Warnings.Add($"--utility-subnets means nothing on {draft.Cloud.Name}");
        else if (!draft.IsPrivate)
            draft.Warnings.Add("--utility-subnets means nothing without --topology private");
    }

    private static void Azure(ClusterDraft draft, AzureSpec azure)
    {
        azure.SubscriptionId = Given(draft.Flags.AzureSubscriptionId) ?? Given(draft.Request.AzureSubscription) ?? draft.Facts.Project;
        azure.TenantId = Given(draft.Flags.AzureTenantId);
        azure.ResourceGroupName = Given(draft.Flags.AzureResourceGroup);
        azure.RouteTableName = Given(draft.Flags.AzureRouteTable);
        azure.AdminUser = Given(draft.Flags.AzureAdminUser);
    }
}
