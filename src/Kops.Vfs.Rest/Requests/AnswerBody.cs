using System.Net.Http;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;

namespace Kops.Vfs.Rest.Requests;

/// <summary>
/// Reads answers that are documents, and sees that they are those that the service documents: what is none of them may be a page of a
/// proxy, and is no empty listing.
/// </summary>
public static class AnswerBody
{
    /// <summary>Reads XML, and puts its elements into no namespace: services differ in that from each other and over time.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="root">The element that the service documents.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <exception cref="InvalidDataException">It is something else.</exception>
    public static async ValueTask<XElement> ReadXmlAsync(HttpResponseMessage response, string root, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(response);
        using var text = new StringReader(await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false));
        try
        {
            using var reader = XmlReader.Create(text, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
            var found = XElement.Load(reader);
            foreach (var element in found.DescendantsAndSelf())
                element.Name = element.Name.LocalName;
            return found.Name.LocalName == root ? found : throw Wrong($"its element is '{found.Name.LocalName}', and not '{root}'");
        }
        catch (XmlException e)
        {
            throw Wrong(e.Message, e);
        }
    }

    /// <summary>Reads JSON, which the caller disposes: a large answer's memory is used again.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="kind">What the service documents, an object or an array.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <exception cref="InvalidDataException">It is something else.</exception>
    public static async ValueTask<JsonDocument> ReadJsonAsync(
        HttpResponseMessage response,
        JsonValueKind kind,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(response);
        JsonDocument document;
        try
        {
            var content = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            document = await JsonDocument.ParseAsync(content, default, cancellationToken).ConfigureAwait(false);
        }
        catch (JsonException e)
        {
            throw Wrong(e.Message, e);
        }

        if (document.RootElement.ValueKind == kind)
            return document;
        var found = document.RootElement.ValueKind;
        document.Dispose();
        throw Wrong($"it is {found}, and not {kind}");
    }

    private static InvalidDataException Wrong(string problem, Exception? cause = null) => new(problem, cause);
}
