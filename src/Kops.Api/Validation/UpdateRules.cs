using Kops.Api.Diff;

namespace Kops.Api.Validation;

/// <summary>What an edit may not change.</summary>
internal static class UpdateRules
{
    // Of a volume that holds data already.
    private static readonly string[] FixedMemberFields = ["instanceGroup", "volumeSize", "kmsKeyId", "encryptedVolume"];

    public static void Check(ClusterContext before, ClusterContext after, bool isApplied)
    {
        var name = after.Root["metadata"]["name"];
        name.FailIf(before.Name != after.Name, $"cannot be changed: it is {before.Name}");
        // A new cluster is not asked (kOps).
        foreach (var (key, label) in after.Spec["cloudLabels"].Entries)
            LabelRules.Reserved(key, label);
        var clusters = after.Spec["etcdClusters"];
        foreach (var old in before.Spec["etcdClusters"].Items)
        {
            var now = clusters.Items.FirstOrDefault(etcd => etcd["name"].Text == old["name"].Text);
            if (now is null)
                clusters.Fail($"the etcd cluster '{old["name"].Text}' cannot be removed");
            else if (isApplied)
                Members(old, now);
        }
    }

    private static void Members(Field before, Field after)
    {
        foreach (var old in before["etcdMembers"].Items)
        {
            if (after["etcdMembers"].Items.FirstOrDefault(member => member["name"].Text == old["name"].Text) is not { } now)
                continue;
            foreach (var name in FixedMemberFields)
            {
                // Absent and the zero value are the same to kOps.
                var (was, value) = (Plain(old[name]), Plain(now[name]));
                now[name].FailIf(was != value, $"cannot be changed for a running etcd: it is {(was.Length == 0 ? "not set" : was)}");
            }
        }
    }

    private static string Plain(Field field) =>
        field.Node is null || field.IsFalse || field.Number == 0 ? string.Empty : DiffText.Inline(field.Node);
}
