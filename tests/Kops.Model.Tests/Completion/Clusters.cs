using Kops.Api;
using Kops.Api.Clouds;
using Kops.Model.NewCluster;

namespace Kops.Model.Tests.Completion;

/// <summary>A cluster on any cloud, as <c>create cluster </c> makes it, and one field or another set.</summary>
internal static class Clusters
{
    public static Cluster Of(string cloud, params string[] sets) => With(cloud, new(), sets);

    public static Cluster With(string cloud, ClusterFlags flags, params string[] sets) =>
        Plans
            .Plan(
                flags with
                {
                    Cloud = cloud,
                    Zones = [cloud is "azure" or "gce" ? CloudProfiles.Find(cloud)!.ZoneExample : "us-test-1a"],
                    Dns = flags.Dns ?? "none",
                    NodeSizes = ["m"],
                    ControlPlaneSizes = ["m"],
                    Image = "image",
                    Project = "project",
                    NetworkCidrs = cloud == "gce" ? null : ["10.0.0.0/16"],
                    Sets = sets,
                },
                "Metal"
            )
            .Cluster;
}
