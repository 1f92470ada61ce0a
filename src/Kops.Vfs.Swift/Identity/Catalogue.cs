using System.Text.Json;
using Kops.Vfs.Rest.Reading;
using Kops.Vfs.Rest.Requests;
using Kops.Vfs.Swift.Configuration;

namespace Kops.Vfs.Swift.Identity;

/// <summary>The services that Keystone knows.</summary>
internal static class Catalogue
{
    /// <summary>The object store's address in the wanted region, for the wanted interface.</summary>
    /// <param name="token">The token as Keystone describes it.</param>
    /// <param name="options">What is wanted.</param>
    internal static Uri Find(JsonElement token, SwiftOptions options)
    {
        if (!token.TryGetProperty("catalog", out var catalogue) || catalogue.ValueKind is not JsonValueKind.Array)
        {
            throw new SignInException(
                $"the token is of no project, so it opens no store; name the project ({options.Source}: OS_PROJECT_NAME or OS_PROJECT_ID)",
                kind: StoreErrorKind.InvalidArgument
            );
        }

        var found = (
            from service in catalogue.EnumerateArray()
            where Text(service, "type") == "object-store"
            from endpoint in service.GetProperty("endpoints").EnumerateArray()
            where Text(endpoint, "interface") == options.Interface
            select (Region: Text(endpoint, "region_id") ?? Text(endpoint, "region") ?? string.Empty, Url: Text(endpoint, "url"))
        ).ToList();
        var regions = string.Join(", ", found.Select(endpoint => endpoint.Region).Distinct(StringComparer.Ordinal));
        if (found.Count == 0)
            throw new SignInException(
                $"this cloud has no object store with a {options.Interface} address (service 'object-store' in its catalogue); check "
                    + $"OS_INTERFACE",
                kind: StoreErrorKind.Unsupported
            );
        var wanted = options.Region is { } region ? found.Where(endpoint => endpoint.Region == region).ToList() : found;
        if (wanted.Count == 0)
            throw new SignInException(
                $"there is no object store in the region '{options.Region}'; OS_REGION_NAME can be {regions}",
                kind: StoreErrorKind.InvalidArgument
            );
        if (wanted.Select(endpoint => endpoint.Region).Distinct(StringComparer.Ordinal).Count() > 1)
            throw new SignInException(
                $"there are object stores in several regions; set OS_REGION_NAME to one of {regions}",
                kind: StoreErrorKind.InvalidArgument
            );
        return Uri.TryCreate(wanted[0].Url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? Keystone.Trim(uri)
            : throw new SignInException(
                $"the catalogue's address of the object store is '{wanted[0].Url}', which is none; set OS_STORAGE_URL",
                kind: StoreErrorKind.Other
            );
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;
}
