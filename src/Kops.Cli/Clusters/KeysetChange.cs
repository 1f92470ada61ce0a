using Kops.Cli.CommandLine;
using Kops.Cli.Hosting;
using Kops.StateStore.Clusters;
using Kops.StateStore.Keysets;

namespace Kops.Cli.Clusters;

/// <summary>
/// What the commands that exchange keys share. Each keyset is a change of its own: a key that was written over cannot be brought back.
/// </summary>
internal static class KeysetChange
{
    /// <summary>The keysets that an argument stands for: one, or with <c>all</c> those that can be rotated.</summary>
    /// <exception cref="CommandException">There is none of that name, or its keys cannot be exchanged.</exception>
    public static async Task<IReadOnlyList<StoredKeyset>> FindKeysetsAsync(
        this ClusterState state,
        string name,
        CancellationToken cancellationToken
    )
    {
        if (name != KeysetRotation.All)
        {
            if (!KeysetRotation.IsRotatable(name))
                throw CommandException.Usage(
                    $"the keys of '{name}' cannot be exchanged: a keyset is service-account, or has -ca in its name"
                );
            return await state.Keysets.FindAsync(name, cancellationToken) is { } one
                ? [one]
                : throw await state.KeysetNotFoundAsync(name, cancellationToken);
        }

        var listing = await state.Keysets.ListAsync(cancellationToken);
        return listing.Unreadable is [var broken, ..]
            ? throw CommandException.Failed($"keyset \"{broken.Name}\" cannot be read: {broken.Error.Message}", broken.Error)
            : [.. listing.Keysets.Where(keyset => KeysetRotation.IsRotatable(keyset.Name))];
    }

    /// <summary>Stores a keyset in the place of the one that was read, if there was one.</summary>
    /// <returns>Whether anything was to be changed.</returns>
    public static Task<bool> StoreKeysetAsync(
        this Invocation run,
        ClusterState state,
        StoredKeyset? read,
        ClusterKeyset changed,
        CancellationToken cancellationToken
    )
    {
        if (ReferenceEquals(read?.Keyset, changed))
            return Task.FromResult(false);
        var planner = run.Change(state);

        // One that stands under its old name is written under the new one, as kOps does.
        var isInPlace = read is { IsLegacy: false };
        return run.ApplyAsync(
            (isInPlace ? planner.ReplaceKeyset(read!, changed) : planner.CreateKeyset(changed)).Build(),
            cancellationToken
        );
    }

    private static async Task<CommandException> KeysetNotFoundAsync(
        this ClusterState state,
        string name,
        CancellationToken cancellationToken
    )
    {
        var names = (await state.Keysets.ListAsync(cancellationToken)).Keysets.Select(keyset => keyset.Name);
        return CommandException.NotFound($"keyset \"{name}\" not found in cluster \"{state.Name}\"{Api.Schema.Suggest.Hint(name, names)}");
    }
}
