using System.Net;
using System.Net.Sockets;
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
    private const string SecondPort = ":8443";

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
        var balancer = cluster.Spec.Api?.LoadBalancer;
        // A certificate of the user's stands before the API server; network load balancers lead around it on a second port.
        var (isTerminated, isNetwork) = (balancer?.SslCertificate is { Length: > 0 }, balancer?.Class == "Network");
        var entry = new KubeconfigEntry(
            state.Name,
            Server(session, cluster, options)
                + (isTerminated && isNetwork && options is { AdminLifetime: not null, Server: null } ? SecondPort : string.Empty),
            InternalName(state.Name),
            !isTerminated || isNetwork || options.IsInternal ? (ReadOnlyMemory<byte>?)keyset.Keyset.TrustBundle() : null,
            null,
            null
        );
        if (options.AdminLifetime is not { } lifetime)
            return entry;
        var primary =
            keyset.Keyset.Primary
            ?? throw OperationException.Failed(
                $"the keyset {Authority} of cluster \"{state.Name}\" has no primary keypair; 'kops promote keypair {Authority}' "
                    + $"chooses one"
            );
        var now = session.Clock.GetUtcNow();
        var credential = ClientCertificate.Issue(primary, options.Admin, Administrators, now, lifetime, session.State.KeyBits);
        return entry with { Certificate = credential.CertificatePem, Key = credential.PrivateKeyPem };
    }

    private static string Server(ClusterSession session, Cluster cluster, KubeconfigOptions options)
    {
        if (options.Server is { } given)
            return Address(given);
        var name = cluster.Metadata.Name!;
        if (options.IsInternal)
            return Address(InternalName(name));
        if (cluster.Spec.Api?.LoadBalancer is not null || name.EndsWith(".k8s.local", StringComparison.Ordinal))
            session.Tell(new LoadBalancerUnknown(name));
        return Address(cluster.Spec.MasterPublicName is { Length: > 0 } named ? named : $"api.{name}");
    }

    // kOps' APIInternalName: each certificate of the API server holds it, and load balancers' addresses it may not hold.
    private static string InternalName(string cluster) => $"api.internal.{cluster}";

    /// <summary>The address of a host, or an address as it was given; IPv6 in brackets.</summary>
    private static string Address(string text)
    {
        const string scheme = "https://";
        var host = text.StartsWith(scheme, StringComparison.Ordinal) ? text[scheme.Length..] : text;
        return host.Contains("://", StringComparison.Ordinal) ? host
            : !host.StartsWith('[') && IPAddress.TryParse(host, out var ip) && ip.AddressFamily is AddressFamily.InterNetworkV6
                ? $"{scheme}[{host}]"
            : scheme + host;
    }
}
