using System.Globalization;
using System.Net.Http;
using System.Text.Json;
using Kops.Vfs.Oss.Configuration;
using Kops.Vfs.Rest.Reading;
using Kops.Vfs.Rest.Requests;

namespace Kops.Vfs.Oss.Identity;

/// <summary>The RAM role of the instance that this runs on, from its metadata service.</summary>
/// <remarks>Source: ECS user guide, "Instance RAM roles" and "Access instance metadata" (security-hardened mode, with a token).</remarks>
internal sealed class InstanceRole(OssOptions options, HttpClient http)
{
    private const string Roles = "latest/meta-data/ram/security-credentials/";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <exception cref="SignInException">There is no such service or role, or it says nothing that could be used.</exception>
    internal async ValueTask<OssAccessKey> FetchAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            var token = await SendAsync(HttpMethod.Put, "latest/api/token", ("X-aliyun-ecs-metadata-token-ttl-seconds", "300"), limit.Token)
                .ConfigureAwait(false);
            var header = ("X-aliyun-ecs-metadata-token", token);
            var role =
                options.RoleName
                ?? (await SendAsync(HttpMethod.Get, Roles, header, limit.Token).ConfigureAwait(false)).Split('\n')[0].Trim();
            if (role.Length == 0)
                throw new SignInException($"this instance has no RAM role; {Cure}");
            using var json = JsonDocument.Parse(
                await SendAsync(HttpMethod.Get, Roles + Uri.EscapeDataString(role), header, limit.Token).ConfigureAwait(false)
            );
            string Text(string name) => json.RootElement.GetProperty(name).GetString() ?? string.Empty;
            return Text("Code") == "Success"
                ? new OssAccessKey(
                    Text("AccessKeyId"),
                    Text("AccessKeySecret"),
                    Text("SecurityToken"),
                    DateTimeOffset.Parse(Text("Expiration"), CultureInfo.InvariantCulture)
                )
                : throw new SignInException(
                    $"the instance's RAM role '{role}' gives no key ({Text("Code")}); check the role's trust policy",
                    isTransient: true
                );
        }
        catch (HttpRequestException e) when (e.StatusCode is { } status)
        {
            throw new SignInException(
                $"the instance's metadata service answered {(int)status}; check that a RAM role is attached to this instance, or {Cure}",
                isTransient: (int)status >= 500,
                cause: e
            );
        }
        catch (Exception e)
            when (e is HttpRequestException or IOException
                || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested)
            )
        {
            throw new SignInException(
                $"there are no credentials: none are set, and there is no metadata service of an instance at {options.MetadataAddress}; "
                    + $"{Cure}",
                cause: e
            );
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new SignInException(
                "the instance's metadata service gave something that is not a key; check that a RAM role is attached to this instance",
                isTransient: true,
                cause: e
            );
        }
    }

    private static string Cure => "set OSS_ACCESS_KEY_ID and OSS_ACCESS_KEY_SECRET, or run where an instance has a RAM role";

    private async ValueTask<string> SendAsync(
        HttpMethod method,
        string path,
        (string Name, string Value) header,
        CancellationToken cancellationToken
    )
    {
        using var request = new HttpRequestMessage(method, new Uri(options.MetadataAddress, path))
        {
            Headers = { { header.Name, header.Value } },
        };
        using var response = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
    }
}
