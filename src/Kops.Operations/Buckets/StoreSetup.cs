using System.Runtime.CompilerServices;
using Kops.Vfs;
using Kops.Vfs.Setup;

namespace Kops.Operations.Buckets;

/// <summary>
/// Makes a store, and sets what a store of state should have: each setting is looked at, and set only where it is not so. A second run
/// changes nothing.
/// </summary>
/// <param name="admin">The store's settings.</param>
/// <param name="wishes">What it is made for.</param>
/// <param name="without">Settings that stay as they are.</param>
public sealed class StoreSetup(IBucketAdmin admin, BucketWishes wishes, IReadOnlyCollection<string> without)
{
    /// <summary>The setup of the bucket in which a place lies; old versions are removed below the place alone.</summary>
    /// <param name="place">The state store.</param>
    /// <param name="wishes">What it is made for.</param>
    /// <param name="without">Settings that stay as they are.</param>
    /// <exception cref="OperationException">Such a store has no settings, or not those that were named.</exception>
    public static StoreSetup Of(VfsPath place, BucketWishes wishes, IReadOnlyCollection<string> without)
    {
        ArgumentNullException.ThrowIfNull(place);
        ArgumentNullException.ThrowIfNull(wishes);
        ArgumentNullException.ThrowIfNull(without);
        if (place.Store.Driver.As<IBucketAdmin>() is not { } admin)
            throw OperationException.InvalidRequest($"{place}: there is nothing to set up in such a store");
        var setup = new StoreSetup(admin, wishes with { Prefix = ObjectKey.AsPrefix(place.Key) }, without);

        // The first is that it is there, which cannot be left out.
        var settings = setup.Names.Skip(1).ToList();
        return without.FirstOrDefault(name => !settings.Contains(name)) is { } unknown
            ? throw OperationException.InvalidRequest(
                $"--without: there is no '{unknown}' at {place}; there is {string.Join(", ", settings)}"
            )
            : setup;
    }

    /// <summary>The settings' names, in order.</summary>
    public IReadOnlyList<string> Names { get; } = [.. admin.Settings(wishes).Select(setting => setting.Name)];

    /// <summary>Looks at the settings one after the other, and sets what is missing when told to.</summary>
    /// <param name="apply">Whether anything is changed.</param>
    /// <param name="cancellationToken">Stops it between two settings.</param>
    public async IAsyncEnumerable<SetupStep> RunAsync(bool apply, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var settings = admin.Settings(wishes);
        var isThere = true;
        foreach (var setting in settings)
        {
            var isFirst = ReferenceEquals(setting, settings[0]);
            var step =
                without.Contains(setting.Name) && !isFirst ? Step(setting, SetupOutcome.Skipped, "left out")
                : isThere ? await TryAsync(setting, apply, cancellationToken).ConfigureAwait(false)
                : await ForeseeAsync(setting, cancellationToken).ConfigureAwait(false);
            yield return step;
            if (!isFirst)
                continue;
            if (step.Outcome is SetupOutcome.Failed)
                yield break;
            isThere = step.Outcome is not SetupOutcome.WouldSet;
        }
    }

    private static async ValueTask<SetupStep> TryAsync(BucketSetting setting, bool apply, CancellationToken cancellationToken)
    {
        try
        {
            var found = await setting.Look(cancellationToken).ConfigureAwait(false);
            if (found.Kind is BucketFindingKind.Met)
                return Step(setting, SetupOutcome.Has, found.Detail);
            if (found.Kind is BucketFindingKind.OutOfReach)
                return Step(setting, SetupOutcome.Skipped, found.Detail);
            if (!apply)
                return Step(setting, SetupOutcome.WouldSet, found.Detail);
            await setting.Apply(cancellationToken).ConfigureAwait(false);
            // Some services say yes to what they do not know.
            var now = await setting.Look(cancellationToken).ConfigureAwait(false);
            return now.Kind is BucketFindingKind.Met
                ? Step(setting, SetupOutcome.Set, found.Detail)
                : Step(setting, SetupOutcome.Skipped, "the service said yes, but does not keep it: it does not know this");
        }
        catch (StoreException e)
        {
            return Step(setting, e.Kind is StoreErrorKind.Unsupported ? SetupOutcome.Skipped : SetupOutcome.Failed, e.Message);
        }
    }

    /// <summary>What is not there yet cannot be looked at, but what is out of reach is known before.</summary>
    private static async ValueTask<SetupStep> ForeseeAsync(BucketSetting setting, CancellationToken cancellationToken) =>
        setting.IsOutOfReach
            ? await TryAsync(setting, false, cancellationToken).ConfigureAwait(false)
            : Step(setting, SetupOutcome.WouldSet, null);

    private static SetupStep Step(BucketSetting setting, SetupOutcome outcome, string? detail) =>
        new(setting.Name, setting.Wanted, outcome, detail);
}
