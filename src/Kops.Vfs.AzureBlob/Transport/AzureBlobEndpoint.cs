using System.Net;

namespace Kops.Vfs.AzureBlob.Transport;

/// <summary>The address of an account.</summary>
internal static class AzureBlobEndpoint
{
    private const string PublicCloud = "https://blob.core.windows.net";

    /// <param name="path">What the user wrote, for messages.</param>
    /// <param name="account">The account's name.</param>
    /// <param name="service">The address of the service, with or without the account; null for the public cloud.</param>
    internal static Uri Of(string path, string account, Uri? service)
    {
        service ??= new Uri(PublicCloud);
        var builder = new UriBuilder(service);
        var inPath = builder.Path.Trim('/');
        if (inPath == account || (inPath.Length == 0 && service.Host.StartsWith(account + ".", StringComparison.OrdinalIgnoreCase)))
            return service;
        if (inPath.Length > 0)
        {
            throw new StoreException(
                StoreErrorKind.InvalidArgument,
                "open",
                path,
                $"the endpoint {service.GetLeftPart(UriPartial.Path)} is that of the account '{inPath}', and not of '{account}'; "
                    + $"correct KOPS_AZURE_BLOB_ENDPOINT or the path"
            );
        }

        if (IPAddress.TryParse(service.Host.Trim('[', ']'), out _) || service.IsLoopback)
            builder.Path = account;
        else
            builder.Host = $"{account}.{service.Host}";
        return builder.Uri;
    }
}
