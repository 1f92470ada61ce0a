using Kops.Api.Clouds;
using Kops.Model.Clouds;

namespace Kops.Model.NewCluster;

/// <summary>What a new cluster's flags leave to be asked of its cloud.</summary>
internal static class NewClusterQuestions
{
    /// <summary>The questions; null when there are none, or the cloud cannot be asked.</summary>
    public static CloudQuestions? Of(NewClusterRequest request, CloudProfile cloud)
    {
        var (flags, facts) = (request.Flags, request.Facts.Of(cloud.Name));
        if (!cloud.CanBeAsked || flags.Zones is not [var first, ..])
            return null;
        List<string> subnets = [.. Unknown(flags.SubnetIds), .. Unknown(flags.UtilitySubnetIds)];
        var network = CloudSetup.Given(flags.NetworkId);
        var isNetworkUsed = network is not null && (flags.NetworkCidrs is null or [] || subnets.Count > 0);
        var questions = new CloudQuestions(cloud.Name, cloud.RegionOf(first))
        {
            Networks = isNetworkUsed && facts.FindNetwork(network!) is null ? [network!] : [],
            Subnets = subnets,
            Zones = [.. flags.Zones.Concat(flags.ControlPlaneZones ?? []).Distinct().Where(zone => facts.HasZone(zone) == false)],
        };
        return questions.IsUrgent || questions.Zones.Count > 0 ? questions : null;

        IEnumerable<string> Unknown(IReadOnlyList<string>? ids) =>
            (ids ?? []).Where(id => id.Length > 0 && facts.FindNetworkOf(id) is null);
    }
}
