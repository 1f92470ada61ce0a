using System.Net;
using Kops.Cli.Hosting;

namespace Kops.Cli.Input;

/// <summary>Files that the user names by an address of the web: channels, objects.</summary>
internal static class WebFile
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private const int MaxBytes = 64 * 1024 * 1024;

    /// <summary>Whether a name is such an address.</summary>
    public static bool IsAddress(string name) =>
        name.StartsWith("https://", StringComparison.Ordinal) || name.StartsWith("http://", StringComparison.Ordinal);

    /// <summary>Reads it.</summary>
    /// <exception cref="CommandException">It is not there, or cannot be read.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(string address, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri))
            throw CommandException.Usage($"'{address}' is not a web address");
        using var client = new HttpClient { Timeout = Patience, MaxResponseContentBufferSize = MaxBytes };
        try
        {
            using var answer = await client.GetAsync(uri, cancellationToken);
            if (answer.StatusCode is HttpStatusCode.NotFound)
                throw CommandException.NotFound($"there is no file {address}");
            return answer.IsSuccessStatusCode
                ? await answer.Content.ReadAsByteArrayAsync(cancellationToken)
                : throw CommandException.Failed(
                    $"{address} cannot be read: the server answers {(int)answer.StatusCode} {answer.ReasonPhrase}"
                );
        }
        catch (TaskCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw CommandException.Failed($"{address} cannot be read: there was no answer within {Patience.TotalSeconds:0} s", late);
        }
        catch (HttpRequestException failure)
        {
            throw CommandException.Failed($"{address} cannot be read: {failure.Message}; a file of this machine does as well", failure);
        }
    }
}
