using Kops.Operations.Clusters;
using Kops.Operations.Events;
using Kops.Operations.Terraform.Folders;
using Kops.Operations.Updates;
using Kops.Resources.Values;
using Kops.StateStore;
using Kops.StateStore.Changes.Updates;
using Kops.StateStore.Clusters;
using Kops.StateStore.Files;
using Kops.Terraform;

namespace Kops.Operations.Terraform;

/// <summary>
/// Writes what a cluster needs in its cloud as a Terraform configuration, which carries it out: <c>update cluster --target terraform</c>.
/// The files that machines boot from are resources of the configuration where the store has resources for them; keys and secrets are
/// written into the store.
/// </summary>
public static class UpdateTerraform
{
    /// <summary>Plans it. What the cloud alone knows is asked.</summary>
    /// <exception cref="OperationException">The resources are not known here, or cannot be told; the message says why.</exception>
    public static async Task<TerraformPlan> PlanAsync(
        ClusterSession session,
        ClusterState state,
        TerraformRequest request,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(request);
        var wanted = await UpdateCluster.WantAsync(session, state, request.Options, cancellationToken).ConfigureAwait(false);
        var managed = session.Features.IsOn("TerraformManagedFiles") ? ClusterResources.NameFiles(wanted) : [];
        var resources = await ClusterResources
            .BuildAsync(session, state, wanted, managed, request.Selection.Phase == Phase.Cluster, cancellationToken)
            .ConfigureAwait(false);
        var taken = managed.Select(file => file.Address).ToHashSet(StringComparer.Ordinal);
        var content = wanted.Content with
        {
            Files = [.. wanted.Content.Files.Where(IsWritten)],
            // What is a resource is Terraform's to delete.
            RemoveObsolete = taken.Count == 0,
        };
        return new(
            await ClusterStore.PlanUpdateAsync(state, content, session.Title, cancellationToken).ConfigureAwait(false),
            await OutputFolder.PlanAsync(request.Folder, Write(), cancellationToken).ConfigureAwait(false)
        )
        {
            Addons = wanted.Addons,
            Gaps = wanted.Undone,
        };

        // The groups are taken over with their machines, in the last phase.
        bool IsWritten(ManagedFile file) =>
            !taken.Contains(file.Path.ToString())
            && (request.Selection.Phase == Phase.Cluster || !file.Path.IsSamePlace(state.Layout.AppliedGroups));

        IReadOnlyList<FolderContent> Write()
        {
            try
            {
                var files = TerraformConfiguration.Write(request.Selection.Of(resources), request.Syntax);
                // The configuration goes last: it names the others.
                return [.. files.Skip(1).Append(files[0]).Select(file => new FolderContent(file.Path, file.Content))];
            }
            catch (FormatException refused)
            {
                throw ClusterResources.Refuse(state, refused);
            }
        }
    }

    /// <summary>Carries it out: the store first, then the folder, which is made ready before.</summary>
    /// <param name="session">The work.</param>
    /// <param name="plan">What <see cref="PlanAsync"/> planned.</param>
    /// <param name="overwrite">Whether files that somebody else wrote or changed are written over.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="OperationException">
    /// The folder has files that would be written over, or cannot be written, or manifests of addons are missing. Nothing was written.
    /// </exception>
    public static async Task ApplyAsync(
        ClusterSession session,
        TerraformPlan plan,
        bool overwrite = false,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(plan);
        plan.Addons.Check(plan.Store.Cluster);
        if (!overwrite && plan.Folder.Of(FolderFileState.Foreign) is { Count: > 0 } foreign)
            throw OperationException.Conflict(
                $"{plan.Folder.Path} has files that this program did not write like that:\n{string.Concat(foreign.Select(Line))}"
                    + "Nothing was written. With --yes they are written over; --out names another folder"
            );
        foreach (var left in plan.Folder.Of(FolderFileState.Left))
            session.Tell(new Advice(EventLevel.Note, $"{left.Path} is not written any more, and stays: somebody changed it"));
        // What can fail about the folder fails before anything is written anywhere.
        using var staged = await StagedFolder.PrepareAsync(plan.Folder, cancellationToken).ConfigureAwait(false);
        if (!plan.Store.IsEmpty)
            await session.ApplyAsync(plan.Store, cancellationToken).ConfigureAwait(false);
        staged.MoveIntoPlace();

        static string Line(FolderFile file) => $"  {file.Path}\n";
    }
}
