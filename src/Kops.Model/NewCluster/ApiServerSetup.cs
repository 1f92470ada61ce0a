using Kops.Api.Clouds;
using Kops.Model.Flags;

namespace Kops.Model.NewCluster;

/// <summary>Groups of machines that run just the API server; experimental.</summary>
internal static class ApiServerSetup
{
    public static void Apply(ClusterDraft draft)
    {
        // kOps accepts the flags of the other experimental roles, and makes no groups for them.
        foreach (
            var (flag, isGiven) in new[]
            {
                ("etcd-count", draft.Flags.EtcdCount > 0),
                ("kcm-count", draft.Flags.ControllerManagerCount > 0),
                ("scheduler-count", draft.Flags.SchedulerCount > 0),
            }
        )
        {
            if (isGiven)
                draft.Warnings.Add($"--{flag} makes no groups yet: these components run on the control plane");
        }

        if (draft.Flags.ApiServerCount is not { } count || count <= 0)
            return;
        if (!draft.Request.Features.IsOn("APIServerNodes"))
            throw new InvalidFlagException(
                "api-server-count",
                "--api-server-count is experimental: set KOPS_FEATURE_FLAGS=APIServerNodes to use it"
            );
        // They are found by name alone (kOps: CrossValidateInstanceGroup).
        if (draft.Cloud.Name == "aws" && !DnsSetup.PublishesRecords(draft))
            throw new InvalidFlagException("api-server-count", "--api-server-count needs --dns public or --dns private on AWS");
        for (var i = 0; i < draft.Zones.Count; i++)
        {
            var zone = draft.Zones[i];
            Groups.Add(
                draft,
                "apiserver-" + zone,
                MachineRole.ApiServer,
                Groups.Share(count, draft.Zones.Count, i),
                zone,
                draft.SubnetsOfZone[zone],
                draft.Flags.ApiServerSizes
            );
        }
    }
}
