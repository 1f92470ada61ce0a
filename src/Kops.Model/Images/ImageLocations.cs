using Kops.Api;

namespace Kops.Model.Images;

/// <summary>
/// Where a cluster pulls container images from (kOps: RemapImage): a proxy takes the place of the registry, a registry of the user's own
/// has all images flat below it. Doing it twice is doing it once.
/// </summary>
public sealed class ImageLocations
{
    private const string Upstream = "registry.k8s.io/";

    private readonly string? _proxy;
    private readonly string? _registry;

    private ImageLocations(string? proxy, string? registry) => (_proxy, _registry) = (proxy, registry);

    /// <summary>By what a cluster says of its assets.</summary>
    public static ImageLocations Of(ClusterSpec cluster)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        return new(
            cluster.Assets?.ContainerProxy is { Length: > 0 } proxy ? proxy.TrimEnd('/') : null,
            cluster.Assets?.ContainerRegistry is { Length: > 0 } registry ? registry.TrimEnd('/') : null
        );
    }

    /// <summary>Where the image is pulled from.</summary>
    /// <param name="image">The image by its own name: <c>registry.k8s.io/pause:3.10.1</c>.</param>
    public string Of(string image)
    {
        ArgumentNullException.ThrowIfNull(image);
        return ThroughRegistry(ThroughProxy(image));
    }

    private string ThroughProxy(string image)
    {
        if (_proxy is null || image.StartsWith(_proxy + "/", StringComparison.Ordinal))
            return image;
        var first = image.Split('/')[0];
        // Images of Docker's own registry are named without it.
        var isDockers = image.Count(character => character == '/') <= 1 && !first.AsSpan().ContainsAny('.', ':');
        return isDockers ? $"{_proxy}/{image}" : _proxy + image[first.Length..];
    }

    private string ThroughRegistry(string image)
    {
        if (_registry is null || image.StartsWith(_registry + "/", StringComparison.Ordinal))
            return image;
        var path = image.StartsWith(Upstream, StringComparison.Ordinal) ? image[Upstream.Length..] : image;
        return $"{_registry}/{path.Replace('/', '-')}";
    }
}
