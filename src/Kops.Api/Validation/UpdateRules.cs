namespace Kops.Api.Validation;

/// <summary>What an edit may not change.</summary>
internal static class UpdateRules
{
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
                Running(old, now);
        }
    }

    // As kOps: who holds a member's data stays, sizes and keys of volumes may change. The image names the version of etcd by itself.
    private static void Running(Field before, Field after)
    {
        foreach (var old in before["etcdMembers"].Items)
        {
            if (after["etcdMembers"].Items.FirstOrDefault(member => member["name"].Text == old["name"].Text) is { } now)
                Stays(old["instanceGroup"], now["instanceGroup"]);
        }

        Stays(before["image"], after["image"]);
        if (after["image"].IsSet && before["image"].Text == after["image"].Text)
            Stays(before["version"], after["version"]);
    }

    private static void Stays(Field before, Field after) =>
        after.FailIf(before.Text != after.Text, $"cannot be changed for a running etcd: it is {before.Text ?? "not set"}");
}
