using Kops.Api;
using Kops.Api.Clouds;
using static Kops.Model.NewCluster.CloudSetup;

namespace Kops.Model.NewCluster;

/// <summary>The etcd clusters, with a member on each control-plane machine.</summary>
internal static class EtcdSetup
{
    private static readonly string[] Standard = ["main", "events"];

    public static void Apply(ClusterDraft draft)
    {
        string[] groups =
        [
            .. draft.Groups.Where(group => Groups.RoleOf(group) == MachineRole.ControlPlane).Select(group => group.Metadata.Name!),
        ];
        var members = MemberNames(groups);
        List<string> clusters = [.. draft.Flags.EtcdClusters ?? Standard];
        // Cilium keeps its state in an etcd of its own.
        if (NetworkingSetup.NameOf(draft.Flags) == "cilium-etcd")
            clusters.Add("cilium");
        foreach (var name in clusters)
        {
            var etcd = new EtcdClusterSpec
            {
                Name = name,
                CpuRequest = name == "main" ? "200m" : "100m",
                MemoryRequest = "100Mi",
            };
            etcd.EnsureManager().BackupRetentionDays = 90;
            for (var i = 0; i < groups.Length; i++)
            {
                etcd.EtcdMembers.Add(
                    new()
                    {
                        Name = members[i],
                        InstanceGroup = groups[i],
                        EncryptedVolume = draft.Flags.EncryptEtcdStorage ?? draft.Cloud.EncryptsEtcd ? true : null,
                        VolumeType = Given(draft.Flags.EtcdStorageType),
                    }
                );
            }

            draft.Spec.EtcdClusters.Add(etcd);
        }
    }

    /// <summary>What is left of the groups' names without what all of them begin with, at least one character; not a bare number.</summary>
    private static string[] MemberNames(string[] groups)
    {
        string[] names = [.. groups.Select(name => name[ControlPlaneSetup.Prefix.Length..])];
        var shared = 0;
        while (shared < names[0].Length - 1 && names.All(name => name.Length > shared && name[shared] == names[0][shared]))
            shared++;
        return
        [
            .. names.Select(name => name[shared..]).Select(name => name.Length > 0 && char.IsAsciiDigit(name[0]) ? "etcd-" + name : name),
        ];
    }
}
