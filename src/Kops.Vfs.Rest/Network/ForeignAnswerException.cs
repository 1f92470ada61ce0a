using System.Net.Http;
using System.Text;

namespace Kops.Vfs.Rest.Network;

/// <summary>
/// What answered with success is not the service, but a proxy, a console or a portal in its place. It is no answer: not an empty listing,
/// and not a delete that worked.
/// </summary>
public sealed class ForeignAnswerException : IOException
{
    private const int TitleWithin = 4096;
    private const int LongestTitle = 80;

    /// <summary>Creates the exception.</summary>
    /// <param name="address">Who was asked.</param>
    /// <param name="answer">What came in place of an answer, in a few words.</param>
    public ForeignAnswerException(string address, string answer)
        : base($"{address} gave {answer}") => (Address, Answer) = (address, answer);

    /// <summary>Who was asked, without its path.</summary>
    public string Address { get; }

    /// <summary>What came, in a few words: <c>a page 'Sign in' (text/html, HTTP 200)</c>.</summary>
    public string Answer { get; }

    /// <summary>The exception for an answer, of which the beginning is read.</summary>
    public static async ValueTask<ForeignAnswerException> OfAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(response);
        var type = response.Content.Headers.ContentType?.MediaType ?? "of no type";
        var title = await TitleAsync(response, cancellationToken).ConfigureAwait(false);
        return new ForeignAnswerException(
            response.RequestMessage?.RequestUri?.GetLeftPart(UriPartial.Authority) ?? "the server",
            $"{(IsPage(response) ? "a page" : "an answer")}{title} ({type}, HTTP {(int)response.StatusCode})"
        );
    }

    /// <summary>Whether an answer is a page for people.</summary>
    public static bool IsPage(HttpResponseMessage response)
    {
        ArgumentNullException.ThrowIfNull(response);
        return response.Content.Headers.ContentType?.MediaType is "text/html" or "application/xhtml+xml";
    }

    private static async ValueTask<string> TitleAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var bytes = new byte[TitleWithin];
        try
        {
            var content = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            var count = await content
                .ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken)
                .ConfigureAwait(false);
            var title = string.Concat(TitleIn(Encoding.UTF8.GetString(bytes, 0, count)).Select(c => char.IsControl(c) ? ' ' : c));
            return title.Length switch
            {
                0 => string.Empty,
                > LongestTitle => $" '{title[..LongestTitle]}…'",
                _ => $" '{title}'",
            };
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            return string.Empty;
        }
    }

    private static string TitleIn(string page)
    {
        var tag = page.IndexOf("<title", StringComparison.OrdinalIgnoreCase);
        var start = tag < 0 ? -1 : page.IndexOf('>', tag);
        var end = start < 0 ? -1 : page.IndexOf('<', start);
        return end < 0 ? string.Empty : page[(start + 1)..end].Trim();
    }
}
