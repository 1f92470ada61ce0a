using System.Text;
using Kops.Api.Documents;
using Kops.Api.Schema;
using Kops.Api.Strict;
using Kops.Api.Versions;
using Kops.Api.Views;
using Kops.Api.Yaml;

namespace Kops.Api.Codec;

/// <summary>Objects from and to YAML and JSON, as kOps reads and writes them.</summary>
public static class KopsCodec
{
    /// <summary>
    /// Reads what a user hands in: one or more documents of YAML or JSON, or lists of them as <c>get</c> prints them, each a kOps object
    /// of any readable version (<c>kops.k8s.io/v1alpha2</c>, <c>kops/v1alpha2</c>, <c>kops.k8s.io/v1alpha3</c>) or another Kubernetes
    /// object. Strict. What comes back is the stored version, with the defaults that kOps fills in on reading and without the fields that
    /// it does not keep.
    /// </summary>
    /// <param name="text">UTF-8.</param>
    /// <param name="source">The file's name, for messages.</param>
    /// <param name="unknownFields">What becomes of fields that the schema does not know.</param>
    /// <exception cref="InvalidObjectException">Not YAML, an unknown field, a wrong type, a duplicate key: all problems with their
    /// places.</exception>
    public static IReadOnlyList<ApiDocument> Decode(
        ReadOnlyMemory<byte> text,
        string source,
        UnknownFieldPolicy unknownFields = UnknownFieldPolicy.Refuse
    )
    {
        var problems = new List<Problem>();
        var documents = new List<ApiDocument>();
        foreach (var document in YamlReader.Read(text, source).SelectMany(DocumentList.Of))
        {
            var opened = OpenedDocument.Open(
                document,
                unknownFields switch
                {
                    UnknownFieldPolicy.Keep => UnknownFields.Tell,
                    UnknownFieldPolicy.Drop => UnknownFields.Drop,
                    _ => UnknownFields.Guess,
                }
            );
            var found = unknownFields is UnknownFieldPolicy.Keep ? [.. opened.Problems, .. opened.Duplicates] : opened.AllProblems;
            problems.AddRange(found);
            if (found.Count > 0)
                continue;
            var notes = new ConversionNotes();
            var value = opened.ToObject(notes);
            if (value is not null && notes.Refused.Count == 0)
            {
                ReadDefaults.Apply(value);
                VersionConverter.ThereAndBack(opened.Root, notes);
            }

            problems.AddRange(notes.Refused);
            documents.Add(new(opened.Root, value) { DroppedFields = notes.Dropped, UnknownFields = opened.UnknownFields });
        }

        if (problems.Count > 0)
            throw Invalid(source, problems);
        return documents;
    }

    /// <summary>
    /// Reads an object that a store holds. Fields that the schema does not know are kept in the tree and named in
    /// <see cref="Stored{T}.UnknownFields"/>: such an object can be shown, but is not overwritten. Nothing is filled in or left out.
    /// </summary>
    /// <exception cref="InvalidObjectException">Not one YAML document of the kind.</exception>
    public static Stored<T> DecodeStored<T>(ReadOnlyMemory<byte> text, string source)
        where T : KopsObject, IApiView<T>
    {
        var documents = YamlReader.Read(text, source);
        if (documents.Count != 1)
            throw Invalid(
                source,
                [
                    new(
                        string.Empty,
                        documents.Count == 0 ? "is empty; expected one document" : $"holds {documents.Count} documents; expected one"
                    ),
                ]
            );
        var opened = OpenedDocument.Open(documents[0], UnknownFields.Tell);
        if (opened.Problems.Count > 0)
            throw Invalid(source, opened.Problems);
        if (opened.Kind?.Name != typeof(T).Name)
            throw Invalid(source, [new("kind", $"expected {typeof(T).Name}, found {opened.Root["kind"]}", opened.Root["kind"]?.Position)]);
        var notes = new ConversionNotes();
        var value = (T)opened.ToObject(notes)!;
        if (notes.Refused.Count > 0)
            throw Invalid(source, notes.Refused);
        return new(value, [.. opened.UnknownFields, .. notes.Dropped]);
    }

    /// <summary>The object as kOps writes it to a store: YAML with sorted keys, in the stored version.</summary>
    public static byte[] Encode(KopsObject value) => Encoding.UTF8.GetBytes(YamlWriter.Write(Normal(value)));

    /// <summary>The object as kOps writes it in another version: YAML with sorted keys.</summary>
    /// <param name="value">The object.</param>
    /// <param name="apiVersion"><c>kops.k8s.io/v1alpha3</c>, or the stored version.</param>
    /// <param name="lost">The fields that the version does not have: they are not in the text.</param>
    /// <exception cref="ArgumentException">The version cannot be written.</exception>
    /// <exception cref="InvalidObjectException">The object holds what the version cannot say.</exception>
    public static byte[] Encode(KopsObject value, string apiVersion, out IReadOnlyList<Problem> lost)
    {
        ArgumentNullException.ThrowIfNull(value);
        var copy = (MappingNode)value.Node.Clone();
        var notes = new ConversionNotes();
        VersionConverter.FromStored(copy, apiVersion, notes);
        if (notes.Refused.Count > 0)
            throw Invalid($"{value.Kind} {value.Metadata.Name}", notes.Refused);
        lost = notes.Dropped;
        return Encoding.UTF8.GetBytes(YamlWriter.Write(copy));
    }

    /// <summary>Several objects as <c>get -o yaml</c> prints them: joined by an empty line, <c>---</c> and an empty line.</summary>
    public static string ToYaml(IEnumerable<KopsObject> values) =>
        string.Join("\n---\n\n", values.Select(value => YamlWriter.Write(Normal(value))));

    /// <summary>
    /// Objects as <c>get -o json</c> prints them: an array of compact objects, a line each, with the fields in kOps' order. Where the
    /// user named one object, kOps prints it without the array.
    /// </summary>
    /// <param name="values">The objects.</param>
    /// <param name="single">Whether to leave out the array's brackets.</param>
    public static string ToJson(IReadOnlyList<KopsObject> values, bool single = false)
    {
        ArgumentNullException.ThrowIfNull(values);
        var text = new JsonText(ApiSchema.V1Alpha2);
        if (!single)
            text.Raw("[");
        for (var i = 0; i < values.Count; i++)
        {
            if (i > 0)
                text.Raw(",");
            text.Object(Normal(values[i]), values[i].Type);
            text.Raw("\n");
        }

        if (!single)
            text.Raw("]");
        return text.ToString();
    }

    private static MappingNode Normal(KopsObject value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var copy = (MappingNode)value.Node.Clone();
        new Normalizer(ApiSchema.V1Alpha2).Object(copy, value.Type);
        return copy;
    }

    private static InvalidObjectException Invalid(string source, IEnumerable<Problem> problems) =>
        new(source, [.. problems.OrderBy(problem => problem.Position?.Line ?? 0).ThenBy(problem => problem.Position?.Column ?? 0)]);
}
