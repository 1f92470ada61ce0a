using System.Text.RegularExpressions;

namespace Kops.Api.Validation;

/// <summary>The etcd clusters.</summary>
internal static partial class EtcdRules
{
    public static void Check(ClusterContext cluster)
    {
        var all = cluster.Spec["etcdClusters"];
        if (!all.Require("configure the etcd cluster main, and one for events"))
            return;
        // Events may go into the main one (create cluster --etcd-clusters main).
        all.FailIf(all.Items.All(etcd => etcd["name"].Text != "main"), "there is no cluster named main: add it");
        var names = new HashSet<string>(StringComparer.Ordinal);
        var stores = new Dictionary<string, string?>(StringComparer.Ordinal);
        var version = all.Items.First()["version"].Text;
        foreach (var etcd in all.Items)
        {
            One(etcd);
            etcd["name"]
                .FailIf(
                    etcd["name"].Text is { } name && !names.Add(name),
                    $"another cluster is called '{etcd["name"].Text}' already: names must differ"
                );
            var store = etcd["backups"]["backupStore"];
            if (store.Text?.TrimEnd('/') is { Length: > 0 } place && !stores.TryAdd(place, etcd["name"].Text))
                store.Fail($"etcd cluster '{stores[place]}' has its backups there already: name a place of its own");
            etcd["version"]
                .FailIf(
                    etcd["version"].Text is { } own && own != version,
                    $"all etcd clusters must have one version, and the first has {version ?? "none"}"
                );
        }
    }

    /// <summary>That each member has its instance group, one of the control plane, and each of those its members.</summary>
    public static void Members(ClusterContext cluster, IReadOnlyList<GroupContext> groups)
    {
        foreach (var group in groups.Where(group => group.IsControlPlane))
        {
            foreach (var etcd in cluster.Spec["etcdClusters"].Items)
            {
                group
                    .Spec["role"]
                    .FailIf(
                        !etcd["etcdMembers"].Items.Any(member => member["instanceGroup"].Text == group.Name),
                        $"a control-plane group needs a member in each etcd cluster, and '{etcd["name"].Text}' has none for '{group.Name}'"
                    );
            }
        }

        foreach (
            var group in cluster
                .Spec["etcdClusters"]
                .Items.SelectMany(etcd => etcd["etcdMembers"].Items)
                .Select(member => member["instanceGroup"])
        )
        {
            if (group.Text is not { } name)
                continue;
            var found = groups.FirstOrDefault(each => each.Name == name);
            if (found is null)
            {
                group.Fail(
                    $"there is no instance group "
                        + $"'{name}'{Schema.Suggest.Hint(name, groups.Where(each => each.IsControlPlane).Select(each => each.Name))}"
                );
                continue;
            }

            group.FailIf(
                !found.IsControlPlane,
                $"instance group '{name}' has the role {found.Spec["role"].Text}: etcd runs on groups with the role Master"
            );
        }
    }

    private static void One(Field etcd)
    {
        if (etcd["name"].Require("name it main, events, cilium or leases"))
            etcd["name"].OneOf("main", "events", "cilium", "leases");
        etcd["provider"].OneOf("Manager");
        etcd["image"].FailIf(etcd["image"].Text is not null && etcd["version"].Text is null, "needs version: name that of the image");
        foreach (var name in new[] { "leaderElectionTimeout", "heartbeatInterval" })
            etcd[name].Forbid("cannot be set for etcd-manager: remove it");
        var version = etcd["version"];
        version.FailIf(
            version.Text is { } text && !Version().IsMatch(text),
            $"'{version.Text}' is not a version of etcd 3, such as 3.5.21"
        );
        var members = etcd["etcdMembers"];
        if (!members.Require("add a member for each control-plane instance group"))
            return;
        members.FailIf(
            members.Count % 2 == 0,
            $"{members.Count} members cannot keep a quorum better than {members.Count - 1}: have an odd number"
        );
        Members(members, "name", "name the member, such as a", "members need different names");
        Members(members, "instanceGroup", "name the member's instance group", "members need an instance group each");
    }

    private static void Members(Field members, string name, string cure, string rule)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var field in members.Items.Select(member => member[name]))
            if (field.Require(cure))
                field.FailIf(!seen.Add(field.Text!), $"another member has '{field.Text}' already: {rule}");
    }

    [GeneratedRegex(@"^v?3\.\d+\.\d+([-+][0-9A-Za-z.+-]+)?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Version();
}
