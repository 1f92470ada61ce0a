using System.Globalization;
using Kops.Api;
using Kops.Api.Codec;
using Kops.Api.Documents;
using Kops.StateStore.Errors;
using Kops.StateStore.Files;

namespace Kops.StateStore.Keysets;

/// <summary>The form of a keyset's file: the Keyset object of <c>kops.k8s.io/v1alpha2</c>, PEM in base64.</summary>
internal static class KeysetFile
{
    public static byte[] Encode(ClusterKeyset keyset)
    {
        Check(keyset);
        var keys = new SequenceNode();
        foreach (var item in keyset.Items.OrderBy(item => item.Id, KeysetItemOrder.Instance))
            keys.Add(Item(item));
        var document = new Keyset
        {
            Node =
            {
                ["metadata"] = Mapping(("name", keyset.Name)),
                ["spec"] = Mapping(("primaryId", keyset.PrimaryId), ("type", "Keypair")),
            },
        };
        ((MappingNode)document.Node["spec"])["keys"] = keys;
        return KopsCodec.Encode(document);
    }

    /// <exception cref="InvalidObjectException">The file is no Keyset.</exception>
    /// <exception cref="StateStoreException">A key in it cannot be read.</exception>
    public static StoredKeyset Decode(string name, StoredFile file, bool isLegacy)
    {
        var document = Document(file);
        var spec = document["spec"] as MappingNode;
        var items = (spec?["keys"] as SequenceNode)?.OfType<MappingNode>().Select(item => Item(item, file)) ?? [];
        var keyset = new ClusterKeyset(name, [.. items.OrderBy(item => item.Id, KeysetItemOrder.Instance)], Text(spec, "primaryId"));
        return new StoredKeyset(keyset, file, isLegacy);
    }

    private static MappingNode Document(StoredFile file)
    {
        try
        {
            return KopsCodec.DecodeStored<Keyset>(file.Bytes, file.Path.ToString()).Value.Node;
        }
        catch (InvalidObjectException invalid)
        {
            // Where a key is written over another field, the message would quote it.
            throw invalid.WithoutQuotes();
        }
    }

    /// <summary>What may be told of a keyset: the ids of its keys, which of them is the primary one, and which are distrusted.</summary>
    public static MappingNode Ids(MappingNode document)
    {
        var spec = document["spec"] as MappingNode;
        List<MappingNode> items = [.. (spec?["keys"] as SequenceNode)?.OfType<MappingNode>() ?? []];
        var told = new MappingNode
        {
            ["keys"] = List(items),
            ["distrusted"] = List(items.Where(item => Text(item, "distrustTimestamp") is not null)),
        };
        if (Text(spec, "primaryId") is { } primary)
            told["primary"] = ScalarNode.Of(primary);
        return told;

        static SequenceNode List(IEnumerable<MappingNode> items)
        {
            var ids = new SequenceNode();
            foreach (var item in items)
                ids.Add(ScalarNode.Of(Text(item, "id") ?? string.Empty));
            return ids;
        }
    }

    private static void Check(ClusterKeyset keyset)
    {
        var primary = keyset.Items.FirstOrDefault(item => item.Id == keyset.PrimaryId);
        var problem =
            keyset.PrimaryId is null ? "has no primary key"
            : primary is null ? $"names {keyset.PrimaryId} as its primary key, which it does not hold"
            : primary.Distrusted is not null ? $"has a primary key that is distrusted, {primary.Id}"
            : !primary.HasPrivateKey || primary.CertificatePem.IsEmpty
                ? $"lacks the certificate or the private key of its primary key {primary.Id}"
            : null;
        if (problem is not null)
            throw new StateStoreException(StateErrorKind.Invalid, $"the keyset {keyset.Name} {problem}; promote another key first");
    }

    private static MappingNode Item(KeysetItem item)
    {
        var node = Mapping(("id", item.Id), ("publicMaterial", Convert.ToBase64String(item.CertificatePem.Span)));
        if (item.PrivateKeyPem is { } key)
            node["privateMaterial"] = ScalarNode.Of(Convert.ToBase64String(key.Span));
        if (item.Distrusted is { } since)
            node["distrustTimestamp"] = ScalarNode.Of(since.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        return node;
    }

    private static KeysetItem Item(MappingNode node, StoredFile file)
    {
        try
        {
            return new KeysetItem(
                Text(node, "id") ?? string.Empty,
                Convert.FromBase64String(Text(node, "publicMaterial") ?? string.Empty),
                Text(node, "privateMaterial") is { Length: > 0 } key ? (ReadOnlyMemory<byte>?)Convert.FromBase64String(key) : null,
                Text(node, "distrustTimestamp") is { } since ? DateTimeOffset.Parse(since, CultureInfo.InvariantCulture) : null
            );
        }
        catch (FormatException)
        {
            throw new StateStoreException(
                StateErrorKind.Invalid,
                $"{file.Path}: the key '{Text(node, "id")}' is not base64, or its time not a time"
            );
        }
    }

    private static string? Text(MappingNode? node, string field) =>
        node?[field] is ScalarNode { Kind: not ScalarKind.Null } scalar ? scalar.Text : null;

    private static MappingNode Mapping(params ReadOnlySpan<(string Name, string? Value)> fields)
    {
        var node = new MappingNode();
        foreach (var (name, value) in fields)
            node[name] = value is null ? null : ScalarNode.Of(value);
        return node;
    }
}
