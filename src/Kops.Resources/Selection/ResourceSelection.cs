using Kops.Resources.Values;

namespace Kops.Resources.Selection;

/// <summary>A part of a cluster's resources: those up to a phase, without kinds that somebody else cares for.</summary>
/// <param name="Phase">The last phase; those before it are part of it.</param>
/// <param name="LeftOut">Kinds that are left out, by their own name or kOps' for them.</param>
public sealed record ResourceSelection(Phase Phase, IReadOnlyCollection<string> LeftOut)
{
    /// <summary>All there are.</summary>
    public static ResourceSelection All { get; } = new(Phase.Cluster, []);

    /// <summary>The part, with what is told of it.</summary>
    /// <exception cref="FormatException">Something in it refers to what is left out, or nothing is of a kind that is left out.</exception>
    public CloudResources Of(CloudResources all)
    {
        ArgumentNullException.ThrowIfNull(all);
        var unknown = LeftOut.FirstOrDefault(name => !all.Resources.Any(resource => IsCalled(resource.Kind, name)));
        if (unknown is not null)
            throw new FormatException($"the cluster has nothing of the kind '{unknown}'; it has {Kinds(all)}");
        var kept = all.Resources.Where(IsKept).ToList();
        var gone = all.Resources.Where(resource => !IsKept(resource)).Select(resource => (resource.Kind, resource.Name)).ToHashSet();
        foreach (var resource in kept)
        {
            if (resource.Attributes.References().FirstOrDefault(reference => gone.Contains((reference.Kind, reference.Name))) is { } wanted)
                throw new FormatException(
                    $"{resource.Kind.Name} '{resource.Name}' refers to {wanted.Kind.Name} '{wanted.Name}', which is left out; leave both "
                        + "out, or none"
                );
        }

        return all with
        {
            Resources = kept,
            Outputs =
            [
                .. all.Outputs.Where(output =>
                    !output.Value.References().Any(reference => gone.Contains((reference.Kind, reference.Name)))
                ),
            ],
            Providers =
            [
                .. all.Providers.Where(provider => provider.Alias is null || kept.Any(one => one.ProviderAlias == provider.Alias)),
            ],
        };
    }

    private static string Kinds(CloudResources all) =>
        string.Join(
            ", ",
            all.Resources.Select(resource => resource.Kind.Task ?? resource.Kind.Name).Distinct().Order(StringComparer.Ordinal)
        );

    private static bool IsCalled(ResourceKind kind, string name) =>
        string.Equals(kind.Name, name, StringComparison.OrdinalIgnoreCase)
        || string.Equals(kind.Task, name, StringComparison.OrdinalIgnoreCase);

    private bool IsKept(Resource resource) => resource.Kind.Phase <= Phase && !LeftOut.Any(name => IsCalled(resource.Kind, name));
}
