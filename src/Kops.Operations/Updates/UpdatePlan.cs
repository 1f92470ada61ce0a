using Kops.StateStore.Changes;
using Kops.StateStore.Clusters;
using Kops.StateStore.Files;

namespace Kops.Operations.Updates;

/// <summary>What an update is about to do, and who notices.</summary>
public sealed class UpdatePlan
{
    internal UpdatePlan(ClusterState state, ChangeSet changes, IReadOnlyList<GroupEdit> edits, UpdateAddons addons)
    {
        (Changes, Edits, Addons) = (changes, edits, addons);
        // That record is shown as the edits that it holds.
        Effects = [.. new UpdateEffects(state).Of(changes).Where(effect => !effect.File.Path.IsSamePlace(state.Layout.AppliedGroups))];
        NewUserData = UserDataChanges.Of(changes, state);
    }

    /// <summary>The files that it writes, makes and deletes.</summary>
    public ChangeSet Changes { get; }

    /// <summary>What each of them does.</summary>
    public IReadOnlyList<UpdateEffect> Effects { get; }

    /// <summary>What was edited in instance groups since the last update, as far as that is known.</summary>
    public IReadOnlyList<GroupEdit> Edits { get; }

    /// <summary>
    /// The instance groups whose machines are told something else with their user data, though it may stand in no file of theirs: another
    /// version of kOps, another proxy, other certificates.
    /// </summary>
    public IReadOnlyList<string> NewUserData { get; }

    /// <summary>
    /// Whether <see cref="Edits"/> are all there are. Not so where another program updated the cluster last, or it came from another
    /// store.
    /// </summary>
    public bool KnowsEdits { get; init; } = true;

    /// <summary>The cluster's addons. Where manifests are missing, the plan is carried out only if that is meant.</summary>
    public UpdateAddons Addons { get; }

    /// <summary>The keysets that are made.</summary>
    public IReadOnlyList<string> NewKeysets { get; init; } = [];

    /// <summary>
    /// What updating comprises and this program does not do, each with the reason: cloud resources, manifests of addons.
    /// </summary>
    public IReadOnlyList<string> Undone { get; init; } = [];

    /// <summary>The version of Kubernetes that nodes keep until the control plane is upgraded; null when they get the cluster's.</summary>
    public string? NodesKeep { get; init; }

    /// <summary>The instance groups whose machines have to be replaced before everything has effect, by name.</summary>
    public IReadOnlyList<string> RollingUpdates =>
        [
            .. Effects
                .Where(effect => effect.WantsRollingUpdate)
                .SelectMany(effect => effect.Groups)
                .Concat(NewUserData)
                .Concat(Edits.Where(edit => edit.WantsRollingUpdate).Select(edit => edit.Group))
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>Whether there is nothing to do that this program does: see <see cref="Undone"/>.</summary>
    public bool IsEmpty => Changes.IsEmpty;
}
