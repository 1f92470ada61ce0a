using Kops.Api;
using Kops.Model.Completion.Context;

namespace Kops.Model.Completion.Components;

/// <summary>Who issues the tokens of service accounts: the public discovery store or service, else the API itself.</summary>
internal static class ServiceAccountIssuer
{
    public static void Apply(CompletionContext context, KubeAPIServerConfig server)
    {
        var discovery = context.Spec.ServiceAccountIssuerDiscovery;
        server.ServiceAccountIssuer ??=
            Url(context, discovery?.DiscoveryStore) ?? discovery?.DiscoveryService?.Url ?? $"https://api.internal.{context.Name}";
        ApiServerDefaults.Fill(server.ApiAudiences, ["kubernetes.svc.default"]);
    }

    // The address at which the store serves its files. A bucket of S3 is taken to lie in the cluster's region.
    private static string? Url(CompletionContext context, string? store)
    {
        if (store?.Split("://", 2) is not [var scheme, var place])
            return null;
        var slash = place.IndexOf('/', StringComparison.Ordinal);
        var (bucket, path) = slash < 0 ? (place, string.Empty) : (place[..slash], place[slash..]);
        var region = context.Spec.Subnets.Select(subnet => subnet.Zone).OfType<string>().Select(context.Cloud.RegionOf).FirstOrDefault();
        var url = scheme switch
        {
            "s3" when context.IsIPv6Only => $"https://s3.dualstack.{region}.amazonaws.com/{bucket}{path}",
            "s3" => $"https://{bucket}.s3.{region}.amazonaws.com{path}",
            "gs" => $"https://storage.googleapis.com/{bucket}{path}",
            "memfs" => $"https://{bucket}{path}",
            _ => null,
        };
        return url?.TrimEnd('/');
    }
}
