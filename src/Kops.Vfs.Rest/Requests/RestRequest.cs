using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;

namespace Kops.Vfs.Rest.Requests;

/// <summary>A request that can be sent more than once.</summary>
/// <param name="Method">The method.</param>
/// <param name="Path">What is asked for below the service's address, percent-encoded; or a whole address, where the service gave one.
/// </param>
public sealed record RestRequest(HttpMethod Method, string Path)
{
    private static readonly UriCreationOptions AsWritten = new() { DangerousDisablePathAndQueryCanonicalization = true };

    /// <summary>The query, after what <see cref="Path"/> has of one; a null value is a parameter without one.</summary>
    public IReadOnlyList<(string Name, string? Value)> Query { get; init; } = [];

    /// <summary>Makes the body anew for each try; null for none.</summary>
    public Func<CancellationToken, ValueTask<HttpContent>>? Body { get; init; }

    /// <summary>Headers besides those that every request has.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>Whether the answer is content, to be read by the caller as it arrives.</summary>
    public bool Streams { get; init; }

    /// <summary>Whether the path is a whole address: it is asked as it is, and without a credential where it is another server's.</summary>
    public bool IsAbsolute =>
        Path.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || Path.StartsWith("http://", StringComparison.OrdinalIgnoreCase);

    /// <summary>A body of bytes, empty or not.</summary>
    public static Func<CancellationToken, ValueTask<HttpContent>> Bytes(ReadOnlyMemory<byte> bytes, string? type = null) =>
        _ =>
            ValueTask.FromResult<HttpContent>(
                new ReadOnlyMemoryContent(bytes) { Headers = { ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type) } }
            );

    /// <summary>A path with those parameters of a query that have a value.</summary>
    public static string PathWith(string path, params ReadOnlySpan<(string Name, string? Value)> query)
    {
        ArgumentNullException.ThrowIfNull(path);
        var text = new StringBuilder(path);
        var separator = path.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        foreach (var (name, value) in query)
        {
            if (value is null)
                continue;
            Add(text, separator, name, value);
            separator = '&';
        }

        return text.ToString();
    }

    /// <summary>The request as it goes on its way, without a signature.</summary>
    /// <param name="address">The service's address.</param>
    /// <param name="cancellationToken">Stops the making of the body.</param>
    internal async ValueTask<HttpRequestMessage> CreateAsync(Uri address, CancellationToken cancellationToken)
    {
        var text = new StringBuilder(IsAbsolute ? string.Empty : address.AbsoluteUri.TrimEnd('/')).Append(Path);
        var separator = Path.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        foreach (var (name, value) in Query)
        {
            Add(text, separator, name, value);
            separator = '&';
        }

        var content = Body is null ? null : await Body(cancellationToken).ConfigureAwait(false);
        var message = new HttpRequestMessage(Method, new Uri(text.ToString(), AsWritten)) { Content = content };
        foreach (var (name, value) in Headers)
        {
            if (!message.Headers.TryAddWithoutValidation(name, value))
                message.Content?.Headers.TryAddWithoutValidation(name, value);
        }

        return message;
    }

    private static void Add(StringBuilder text, char separator, string name, string? value)
    {
        text.Append(separator).Append(Uri.EscapeDataString(name));
        if (value is not null)
            text.Append('=').Append(Uri.EscapeDataString(value));
    }
}
