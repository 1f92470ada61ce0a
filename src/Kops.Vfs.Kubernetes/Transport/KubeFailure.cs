using Kops.Vfs.Kubernetes.Config;
using Kops.Vfs.Rest.Requests;

namespace Kops.Vfs.Kubernetes.Transport;

/// <summary>What an API server said in place of an answer.</summary>
internal sealed record KubeFailure : RestFailure
{
    internal KubeFailure(RestFailure failure)
        : base(failure) { }

    /// <summary>The kind of object that the reason is about, for example <c>namespaces</c>.</summary>
    internal string Kind { get; init; } = string.Empty;

    /// <summary>Where a listing goes on whose place in the history is gone; null for nowhere.</summary>
    internal string? Continue { get; init; }

    /// <summary>The credential that was sent.</summary>
    internal KubeCredential? Credential { get; init; }

    /// <summary>Whether the server said that it is the namespace that is not there.</summary>
    internal bool IsNamespaceAbsence => IsAbsence && Kind == "namespaces";

    /// <summary>Whether the database of the cluster is full.</summary>
    internal bool IsFull => Message.Contains("database space exceeded", StringComparison.Ordinal);
}
