using Kops.Build;
using Kops.Build.Addons;
using Kops.Operations.Addons;
using Kops.Operations.Events;

namespace Kops.Operations.Updates;

/// <summary>The addons of a cluster that is updated.</summary>
public sealed class UpdateAddons
{
    private readonly UpdateOptions _options;

    internal UpdateAddons(ClusterFiles files, UpdateOptions options) => (All, _options) = (files.Addons, options);

    /// <summary>All of them, in the order in which they are applied.</summary>
    public IReadOnlyList<ClusterAddon> All { get; }

    /// <summary>Where their manifests are made from; null where those in the store are kept.</summary>
    public UserSource? Source => _options.AddonsSource;

    /// <summary>The names of those whose manifests nobody has.</summary>
    public IReadOnlyList<string> Missing => [.. All.Where(addon => addon.Origin == AddonOrigin.Missing).Select(addon => addon.Name)];

    /// <summary>What is said of those that are missing, without a way out; null where there are none.</summary>
    public string? Gap =>
        Missing is { Count: > 0 } missing
            ? $"the manifests of addons: {string.Join(", ", missing)} {(missing.Count == 1 ? "is" : "are")} not in the store, and "
                + (Source is { } source ? $"{source.Name} has none" : "no source of kOps is named to make them from")
            : null;

    /// <summary>What an update does not do for them, whatever it changes, and why; null where that is nothing.</summary>
    public string? Undone =>
        Gap ?? (Source is null ? "the manifests of addons: those in the store are kept, since no source of kOps is named" : null);

    /// <summary>Whether an update is refused as long as nobody says how to go on.</summary>
    public bool IsRefused => _options.RequiresAddons && Missing.Count > 0;

    /// <summary>Refuses to go on where manifests are missing, unless that is meant.</summary>
    /// <exception cref="OperationException">Some are; the message names them, and the ways out. Nothing is written.</exception>
    public void Check(string cluster)
    {
        if (!IsRefused)
            return;
        throw OperationException.Failed(
            $"cluster \"{cluster}\": {Gap}. Nothing was written. --addons-source NAME makes them from the source of kOps "
                + $"{_options.Release} (a directory, a .tar.gz, or its address: {SourceOpener.AddressOf(_options.Release)}); "
                + "--without-addons does everything else"
        );
    }

    /// <summary>The version of kOps that the manifests in the store are of; null where none are kept, or none tells.</summary>
    internal string? StoredVersion =>
        All.Where(addon => addon.Origin == AddonOrigin.Store)
            .Select(addon => addon.KopsVersion)
            .FirstOrDefault(version => version is not null);

    /// <summary>Tells of manifests that are kept although they are of another version.</summary>
    internal void Tell(Action<OperationEvent> tell)
    {
        if (StoredVersion is { } version && version != _options.Release)
            tell(
                new Advice(
                    EventLevel.Note,
                    $"the manifests of addons in the store are those of kOps {version}, and are kept; --addons-source NAME makes "
                        + $"those of kOps {_options.Release}"
                )
            );
    }
}
