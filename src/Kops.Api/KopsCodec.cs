using Kops.Api.Documents;
using Kops.Api.Views;

namespace Kops.Api;

/// <summary>Objects from and to YAML and JSON, as kOps reads and writes them.</summary>
public static class KopsCodec
{
    /// <summary>
    /// Reads what a user hands in: one or more documents of YAML or JSON, each a kOps object of any readable version
    /// (<c>kops.k8s.io/v1alpha2</c>, <c>kops/v1alpha2</c>, <c>kops.k8s.io/v1alpha3</c>) or another Kubernetes object. Strict.
    /// </summary>
    /// <param name="text">UTF-8.</param>
    /// <param name="source">The file's name, for messages.</param>
    /// <exception cref="InvalidObjectException">Not YAML, an unknown field, a wrong type, a duplicate key: all problems with their places.</exception>
    public static IReadOnlyList<ApiDocument> Decode(ReadOnlyMemory<byte> text, string source) => throw new NotImplementedException();

    /// <summary>
    /// Reads an object that a store holds. Fields that the schema does not know are kept in the tree and named in
    /// <see cref="Stored{T}.UnknownFields"/>: such an object can be shown, but is not overwritten.
    /// </summary>
    /// <exception cref="InvalidObjectException">Not one YAML document of the kind.</exception>
    public static Stored<T> DecodeStored<T>(ReadOnlyMemory<byte> text, string source)
        where T : KopsObject, IApiView<T> => throw new NotImplementedException();

    /// <summary>The object as kOps writes it to a store: YAML with sorted keys, in the stored version.</summary>
    public static byte[] Encode(KopsObject value) => throw new NotImplementedException();

    /// <summary>Several objects as <c>get -o yaml</c> prints them: joined by an empty line, <c>---</c> and an empty line.</summary>
    public static string ToYaml(IEnumerable<KopsObject> values) => throw new NotImplementedException();

    /// <summary>Objects as <c>get -o json</c> prints them: fields in kOps' order.</summary>
    public static string ToJson(IReadOnlyList<KopsObject> values) => throw new NotImplementedException();
}
