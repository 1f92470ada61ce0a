namespace Kops.Vfs.Kubernetes.Config;

/// <summary>A program that gives credentials, as a kubeconfig describes it.</summary>
/// <param name="Command">The program.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="Environment">Variables besides those of this process.</param>
/// <param name="ApiVersion">The version of <c>ExecCredential</c> that is spoken.</param>
/// <param name="InstallHint">What the kubeconfig says of how to install it; null for nothing.</param>
/// <param name="NeedsTerminal">Whether it must be able to ask the user (<c>interactiveMode: Always</c>).</param>
/// <param name="Cluster">The cluster as JSON, where it wants to know it (<c>provideClusterInfo</c>); null where not.</param>
internal sealed record ExecOptions(
    string Command,
    IReadOnlyList<string> Arguments,
    IReadOnlyList<(string Name, string Value)> Environment,
    string ApiVersion,
    string? InstallHint,
    bool NeedsTerminal,
    string? Cluster
);
