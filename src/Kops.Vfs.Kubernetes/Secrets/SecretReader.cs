using Kops.Vfs.Kubernetes.Transport;

namespace Kops.Vfs.Kubernetes.Secrets;

/// <summary>Opens objects.</summary>
internal sealed class SecretReader(KubernetesNamespace space)
{
    internal async ValueTask<ObjectReader?> OpenAsync(string key, CancellationToken cancellationToken)
    {
        var name = SecretNames.Of(key);
        using var secret = await space.GetAsync("read", key, name, KubeRequests.Whole, cancellationToken).ConfigureAwait(false);
        if (secret is null)
            return null;
        var found = SecretObject.Read(secret.RootElement) ?? throw space.Errors.Foreign("read", key, name);
        if (found.Parts is { } parts)
            return new ObjectReader(found.Info, new PartsStream(space, found.Info, parts));
        return SecretObject.Content(secret.RootElement, found.Info.Size) is { } bytes
            ? new ObjectReader(found.Info, new MemoryStream(bytes, writable: false))
            : throw space.Errors.Damaged(key, name);
    }
}
