using Kops.Build.Input;

namespace Kops.Build.Assets;

/// <summary>Where machines download files from: their makers, or the repository of <c>spec.assets.fileRepository</c>.</summary>
internal static class AssetLocations
{
    public static string Of(BuildContext context, string address)
    {
        if (context.Spec.Assets?.FileRepository is not { Length: > 0 } repository || Path(address) is not { } path)
            return address;
        return repository.TrimEnd('/') + path.Replace(",", "%2C", StringComparison.Ordinal);
    }

    // All after the host.
    private static string? Path(string address)
    {
        var host = address.IndexOf("://", StringComparison.Ordinal);
        var path = host < 0 ? -1 : address.IndexOf('/', host + 3);
        return path < 0 ? null : address[path..];
    }
}
