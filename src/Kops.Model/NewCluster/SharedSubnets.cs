using Kops.Model.Flags;

namespace Kops.Model.NewCluster;

/// <summary>Subnets that exist already, found in the cloud facts and matched to zones.</summary>
internal static class SharedSubnets
{
    private static readonly Dictionary<string, string> Nothing = [];

    /// <summary>The given subnets by their zones. The network is taken from the first subnet when the user names none.</summary>
    public static IReadOnlyDictionary<string, string> ByZone(ClusterDraft draft, string flag, IReadOnlyList<string>? ids)
    {
        if (ids is null or [] || !draft.Cloud.MatchesSubnetsToZones)
            return Nothing;
        draft.Spec.NetworkID ??= draft.Facts.FindNetworkOf(ids[0])?.Id ?? throw Unknown(draft, flag, ids[0]);
        var network =
            draft.Facts.FindNetwork(draft.Spec.NetworkID)
            ?? throw new InvalidFlagException(
                "network-id",
                $"--network-id: nothing is known of the network '{draft.Spec.NetworkID}': describe it in the file that KOPS_CLOUD_FACTS "
                    + $"names"
            );
        var byZone = new Dictionary<string, string>();
        foreach (var id in ids)
        {
            var subnet =
                network.FindSubnet(id)
                ?? throw new InvalidFlagException(flag, $"--{flag}: the network '{network.Id}' has no subnet '{id}'");
            if (subnet.Zone is not { } zone)
                continue;
            if (!byZone.TryAdd(zone, id))
                throw new InvalidFlagException(
                    flag,
                    $"--{flag}: '{byZone[zone]}' and '{id}' lie in the same zone '{zone}': name one for each zone"
                );
        }

        return byZone;
    }

    private static InvalidFlagException Unknown(ClusterDraft draft, string flag, string id) =>
        new(
            flag,
            $"--{flag}: nothing is known of the subnet '{id}': describe it, with its network, in the file that KOPS_CLOUD_FACTS names"
                + (draft.Cloud.CanBeAsked ? ", or unset that, so that the cloud is asked" : string.Empty)
        );
}
