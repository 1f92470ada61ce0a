using Kops.Api.Documents;
using Kops.Api.Schema;
using Kops.Api.Strict;
using Kops.Api.Versions;
using Kops.Api.Yaml;

namespace Kops.Api.Codec;

/// <summary>A document whose kind and version have been found out, and which has been held against its schema.</summary>
internal sealed class OpenedDocument
{
    private OpenedDocument(MappingNode root, TypeSchema? kind, IReadOnlyList<Problem> problems) =>
        (Root, Kind, Problems) = (root, kind, problems);

    /// <summary>The document.</summary>
    public MappingNode Root { get; }

    /// <summary>The type of a kOps object; null for any other.</summary>
    public TypeSchema? Kind { get; }

    /// <summary>What keeps it from being read at all.</summary>
    public IReadOnlyList<Problem> Problems { get; }

    /// <summary>Fields that the schema does not know.</summary>
    public IReadOnlyList<Problem> UnknownFields { get; private init; } = [];

    /// <summary>Keys that were set twice.</summary>
    public IReadOnlyList<Problem> Duplicates { get; private init; } = [];

    /// <summary>All that is wrong by the rules for what a user hands in.</summary>
    public IReadOnlyList<Problem> AllProblems => [.. Problems, .. UnknownFields, .. Duplicates];

    public static OpenedDocument Open(YamlDocument document, UnknownFields policy)
    {
        if (document.Root is not MappingNode root)
            return new(new(), null, [new(string.Empty, "expected an object with apiVersion and kind", document.Root.Position)]);
        var version = Text(root, "apiVersion");
        var kind = Text(root, "kind");
        if (version is null || kind is null)
            return new(root, null, [.. Missing(root, "apiVersion"), .. Missing(root, "kind")]) { Duplicates = document.Duplicates };
        if (!KopsKinds.IsOurs(version))
            return new(root, null, []) { Duplicates = document.Duplicates };
        if (KopsKinds.SchemaOf(version) is not { } schema)
            return Refused("apiVersion", $"cannot read version {version}; known are {string.Join(", ", KopsKinds.Versions)}");
        if (!KopsKinds.Names.Contains(kind) || schema.Find(kind) is not { } type)
            return Refused("kind", $"kOps has no kind '{kind}'{Suggest.Hint(kind, KopsKinds.Names)}");
        var (unknown, wrong) = SchemaCheck.Of(root, schema, type, policy);
        return new(root, type, wrong) { UnknownFields = unknown, Duplicates = document.Duplicates };

        OpenedDocument Refused(string field, string message) =>
            new(root, null, [new(field, message, root[field].Position)]) { Duplicates = document.Duplicates };
    }

    /// <summary>The object in the stored version, in the form in which it will be written; null for a kind that is not ours.</summary>
    public KopsObject? ToObject(ConversionNotes notes)
    {
        if (Kind is null)
            return null;
        VersionConverter.ToStored(Root, notes);
        return KopsKinds.View(Root, Kind.Name);
    }

    private static string? Text(MappingNode root, string name) =>
        root[name] is ScalarNode { Kind: ScalarKind.Text, Text.Length: > 0 } text ? text.Text : null;

    private static IEnumerable<Problem> Missing(MappingNode root, string name) =>
        Text(root, name) is not null
            ? []
            :
            [
                new(
                    name,
                    root.Has(name) ? "expected text" : "is missing; every object has apiVersion and kind",
                    root.NamePosition(name) ?? root.Position
                ),
            ];
}
