using Kops.Api;
using Kops.Api.Codec;
using Kops.Operations.Events;

namespace Kops.Operations.Objects;

/// <summary>Reads objects that are handed in, strictly; what is passed on or dropped is told.</summary>
public static class ObjectDocuments
{
    /// <summary>All documents of a text.</summary>
    /// <param name="session">The work.</param>
    /// <param name="text">YAML or JSON.</param>
    /// <param name="source">Where it is from, for messages.</param>
    /// <exception cref="InvalidObjectException">One of them is not valid; all that is wrong is named.</exception>
    public static IReadOnlyList<ApiDocument> Read(ClusterSession session, ReadOnlyMemory<byte> text, string source)
    {
        ArgumentNullException.ThrowIfNull(session);
        var documents = Decode(session, text, source);
        foreach (var field in documents.SelectMany(document => document.UnknownFields))
            session.Tell(new FieldPassedOn(source, field));
        foreach (var field in documents.SelectMany(document => document.DroppedFields))
            session.Tell(new FieldDropped(source, field));
        return documents;
    }

    /// <summary>The one object of a text.</summary>
    /// <param name="session">The work.</param>
    /// <param name="text">YAML or JSON.</param>
    /// <param name="source">Where it is from, for messages.</param>
    /// <exception cref="InvalidObjectException">It is not one object of that kind.</exception>
    public static T ReadOne<T>(ClusterSession session, ReadOnlyMemory<byte> text, string source)
        where T : KopsObject
    {
        var documents = Read(session, text, source);
        return documents is [{ Object: T found }]
            ? found
            : throw new InvalidObjectException(
                source,
                [new Problem(string.Empty, $"expected one {typeof(T).Name}, found {Found(documents)}")]
            );
    }

    private static IReadOnlyList<ApiDocument> Decode(ClusterSession session, ReadOnlyMemory<byte> text, string source)
    {
        try
        {
            return KopsCodec.Decode(text, source, session.AllowUnknownFields ? UnknownFieldPolicy.Keep : UnknownFieldPolicy.Refuse);
        }
        catch (InvalidObjectException invalid)
            when (session.UnknownFieldsCure is not null && invalid.Problems.Any(problem => problem.IsUnknownField))
        {
            throw new InvalidObjectException(source, [.. invalid.Problems, new(string.Empty, session.UnknownFieldsCure)]);
        }
    }

    private static string Found(IReadOnlyList<ApiDocument> documents) =>
        documents.Count == 1 ? $"{documents[0].Root["kind"]}" : $"{documents.Count} documents";
}
