namespace Kops.Cli.Kubeconfigs;

/// <summary>A list of named things in a kubeconfig.</summary>
/// <param name="Name">The list's field.</param>
/// <param name="Kind">The field of an entry that holds what it is about.</param>
internal sealed record KubeconfigList(string Name, string Kind)
{
    public static KubeconfigList Clusters { get; } = new("clusters", "cluster");

    public static KubeconfigList Contexts { get; } = new("contexts", "context");

    public static KubeconfigList Users { get; } = new("users", "user");

    public static IReadOnlyList<KubeconfigList> All { get; } = [Clusters, Contexts, Users];
}
