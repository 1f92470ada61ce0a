using Kops.Api;
using Kops.Operations.Events;
using Kops.StateStore.Clusters;
using Kops.StateStore.Keysets;

namespace Kops.Operations.Kubeconfigs;

/// <summary>Tells how a cluster is reached. No cloud is asked.</summary>
public static class ExportKubeconfig
{
    private const string Authority = "kubernetes-ca";
    private const string Administrators = "system:masters";

    /// <summary>What a kubeconfig says of a cluster; a credential is made where one is asked for.</summary>
    /// <param name="session">The work.</param>
    /// <param name="state">The cluster as it was read.</param>
    /// <param name="options">How it is to be reached.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="OperationException">The cluster has no authority yet, or none that issues.</exception>
    public static async Task<KubeconfigEntry> BuildAsync(
        ClusterSession session,
        ClusterState state,
        KubeconfigOptions options,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(options);
        var cluster = state.Cluster.Value;
        var keyset =
            await state.Keysets.FindAsync(Authority, cancellationToken).ConfigureAwait(false)
            ?? throw OperationException.NotFound(
                $"cluster \"{state.Name}\" has no keyset {Authority} yet; 'kops update cluster {state.Name} --yes' makes it"
            );
        var server = Server(session, cluster, options);
        ReadOnlyMemory<byte>? authorities =
            string.IsNullOrEmpty(cluster.Spec.Api?.LoadBalancer?.SslCertificate) || options.IsInternal ? keyset.Keyset.TrustBundle() : null;
        if (options.AdminLifetime is not { } lifetime)
            return new KubeconfigEntry(state.Name, server, authorities, null, null);
        var primary =
            keyset.Keyset.Primary
            ?? throw OperationException.Failed(
                $"the keyset {Authority} of cluster \"{state.Name}\" has no primary keypair; 'kops promote keypair {Authority}' "
                    + $"chooses one"
            );
        var credential = ClientCertificate.Issue(primary, options.Admin, Administrators, session.Clock.GetUtcNow(), lifetime);
        return new KubeconfigEntry(state.Name, server, authorities, credential.CertificatePem, credential.PrivateKeyPem);
    }

    private static string Server(ClusterSession session, Cluster cluster, KubeconfigOptions options)
    {
        if (options.Server is { } given)
            return given.Contains("://", StringComparison.Ordinal) ? given : $"https://{given}";
        var name = cluster.Metadata.Name!;
        if (options.IsInternal)
            return $"https://api.internal.{name}";
        if (cluster.Spec.Api?.LoadBalancer is not null || name.EndsWith(".k8s.local", StringComparison.Ordinal))
            session.Tell(new LoadBalancerUnknown(name));
        return $"https://{(cluster.Spec.MasterPublicName is { Length: > 0 } named ? named : $"api.{name}")}";
    }
}
