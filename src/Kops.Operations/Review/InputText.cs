using Kops.Api;
using Kops.Api.Codec;
using Kops.Operations.Events;

namespace Kops.Operations.Review;

/// <summary>Objects in files that the user wrote.</summary>
internal static class InputText
{
    /// <summary>The one object of a text.</summary>
    /// <exception cref="InvalidObjectException">It is not one object of that kind.</exception>
    public static T One<T>(ClusterSession session, ReadOnlyMemory<byte> text, string source)
        where T : KopsObject
    {
        var documents = Decode(session, text, source);
        foreach (var field in documents.SelectMany(document => document.UnknownFields))
            Warn($"{source}:{field.Position}: {field.Path} is kept, though this program does not know it");
        foreach (var field in documents.SelectMany(document => document.DroppedFields))
            Warn($"{source}:{field.Position}: {field}");
        return documents is [{ Object: T found }]
            ? found
            : throw new InvalidObjectException(
                source,
                [new Problem(string.Empty, $"expected one {typeof(T).Name}, found {Found(documents)}")]
            );

        void Warn(string what) => session.Tell(new Advice(EventLevel.Warning, what));
    }

    private static IReadOnlyList<ApiDocument> Decode(ClusterSession session, ReadOnlyMemory<byte> text, string source)
    {
        try
        {
            return KopsCodec.Decode(text, source, session.AllowUnknownFields ? UnknownFieldPolicy.Keep : UnknownFieldPolicy.Refuse);
        }
        catch (InvalidObjectException invalid) when (invalid.Problems.Any(problem => problem.IsUnknownField))
        {
            throw new InvalidObjectException(
                source,
                [.. invalid.Problems, new(string.Empty, "fields of a newer kOps are kept with --allow-unknown-fields")]
            );
        }
    }

    private static string Found(IReadOnlyList<ApiDocument> documents) =>
        documents.Count == 1 ? $"{documents[0].Root["kind"]}" : $"{documents.Count} documents";
}
