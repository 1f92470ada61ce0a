using System.Net.Http;
using System.Text.Json;
using Kops.Vfs.Rest.Reading;
using Kops.Vfs.Rest.Requests;

namespace Kops.Vfs.Gcs.Credentials;

/// <summary>Where the token of the other identity comes from: a file that somebody keeps fresh, or an address.</summary>
internal sealed class SubjectToken(TokenEndpoint endpoint)
{
    private const string Who = "workload identity";

    /// <summary>The file; null for an address.</summary>
    internal string? File { get; init; }

    /// <summary>The address, when there is no file.</summary>
    internal Uri? Address { get; init; }

    /// <summary>Headers of the request to the address.</summary>
    internal IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The member that holds the token, where it is in JSON; null where the whole text is the token.</summary>
    internal string? Member { get; init; }

    /// <summary>Reads the token. It is read anew each time: it lives shorter than a command may.</summary>
    internal async ValueTask<string> ReadAsync(CancellationToken cancellationToken)
    {
        var text = File is { } file
            ? await ReadFileAsync(file, cancellationToken).ConfigureAwait(false)
            : await AskAsync(cancellationToken).ConfigureAwait(false);
        if (Member is null)
            return Valid(text.Trim());
        try
        {
            using var document = JsonDocument.Parse(text);
            return Valid(document.RootElement.Text(Member) ?? string.Empty);
        }
        catch (JsonException e)
        {
            throw new SignInException($"{Who}: {Place} holds no JSON; check format in credential_source", isTransient: false, e);
        }
    }

    private string Place => File ?? Address!.GetLeftPart(UriPartial.Path);

    private string Valid(string token) =>
        token.Length > 0
            ? token
            : throw new SignInException(
                $"{Who}: {Place} holds no token{(Member is null ? string.Empty : $" in '{Member}'")}; check credential_source"
            );

    private static async ValueTask<string> ReadFileAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            return await System.IO.File.ReadAllTextAsync(file, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SignInException(
                $"{Who}: the token file cannot be read ({e.Message}); check credential_source",
                isTransient: false,
                e
            );
        }
    }

    private async ValueTask<string> AskAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Address);
        foreach (var (name, value) in Headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await endpoint.SendForTextAsync(request, Who, cancellationToken).ConfigureAwait(false);
    }
}
