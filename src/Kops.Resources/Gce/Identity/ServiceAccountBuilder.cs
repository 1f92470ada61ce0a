using Kops.Api.Clouds;
using Kops.Model.Completion.Context;
using Kops.Resources.Gce.Core;
using Kops.Resources.Values;

namespace Kops.Resources.Gce.Identity;

/// <summary>Whom machines are to Google Cloud: an account for each role, or the one that the user names.</summary>
internal static class ServiceAccountBuilder
{
    private const int LongestAccount = 30;

    public static IEnumerable<Resource> Build(GceCluster cluster)
    {
        if (Given(cluster) is not null)
            yield break;
        foreach (var role in cluster.Groups.Select(group => Account(group.Role)).Distinct())
        {
            var account = new Resource(
                GceKinds.ServiceAccount,
                role,
                new()
                {
                    ["account_id"] = ShortNames.Join(role, cluster.DashedName, LongestAccount),
                    ["description"] = Description(role),
                    ["display_name"] = role,
                    ["project"] = cluster.Project,
                }
            );
            yield return account;
            if (role == "control-plane")
                yield return new(
                    GceKinds.IamBinding,
                    "serviceaccount-control-plane",
                    new()
                    {
                        ["members"] = Value.List(
                            new Expression($"format(\"serviceAccount:%s\", {GceKinds.ServiceAccount.Name}.{role}.email)")
                        ),
                        ["project"] = cluster.Project,
                        ["role"] = "roles/container.serviceAgent",
                    }
                );
        }
    }

    /// <summary>The address of the account of a group's machines.</summary>
    public static Value Email(GceCluster cluster, GceGroup group) =>
        Given(cluster) is { } given ? new TextValue(given) : GceKinds.ServiceAccount.Of(Account(group.Role), "email");

    private static string? Given(GceCluster cluster) =>
        cluster.Spec.CloudConfig?.GceServiceAccount is { Length: > 0 } account ? account : null;

    private static string Account(MachineRole role) =>
        role switch
        {
            MachineRole.Node => "node",
            MachineRole.Bastion => "bastion",
            _ => "control-plane",
        };

    private static string Description(string account) =>
        account switch
        {
            "node" => "kubernetes worker nodes",
            "bastion" => "bastion nodes",
            _ => "kubernetes control-plane instances",
        };
}
