using Kops.Api.Documents;
using Kops.Api.Schema;
using Kops.Api.Strict;

namespace Kops.Api.Versions;

/// <summary>
/// Converts documents between versions, in place and by data: nodes are taken along, so that they keep their places in the text. Fields
/// that the document's version does not know stay in the object that they stand in, and never become what the other version calls by that
/// name.
/// </summary>
internal static class VersionConverter
{
    /// <summary>Makes a document of any readable version one of the stored version.</summary>
    public static void ToStored(MappingNode root, ConversionNotes notes)
    {
        var schema = Normalize(root);
        // Whoever asks whether it is the later one makes that be read.
        if (schema != ApiSchema.V1Alpha2)
            WithoutUnknown(root, schema, ApiSchema.V1Alpha2, notes, () => Back(root, notes));
        root.Set(
            "apiVersion",
            new ScalarNode(ScalarKind.Text, KopsKinds.StoredVersion) { Position = root["apiVersion"].Position },
            root.NamePosition("apiVersion")
        );
        if (schema != ApiSchema.V1Alpha2)
            Normalize(root);
    }

    /// <summary>Makes a document of the stored version one of another that can be written.</summary>
    public static void FromStored(MappingNode root, string version, ConversionNotes notes)
    {
        if (KopsKinds.SchemaOf(version) is not { } schema)
            throw new ArgumentException(
                $"cannot write version {version}; known are {string.Join(", ", KopsKinds.Versions)}",
                nameof(version)
            );
        Normalize(root);
        if (schema != ApiSchema.V1Alpha2)
            WithoutUnknown(root, ApiSchema.V1Alpha2, schema, notes, () => There(root, notes, keepsStoredFields: false));
        root["apiVersion"] = ScalarNode.Of(version);
        Normalize(root);
    }

    /// <summary>
    /// Gives a document of the stored version the form in which it comes back after kOps has read it: through its internal types, which
    /// know neither what has lost its effect nor the two ways to say some things.
    /// </summary>
    public static void ThereAndBack(MappingNode root, ConversionNotes notes)
    {
        Normalize(root);
        WithoutUnknown(
            root,
            ApiSchema.V1Alpha2,
            ApiSchema.V1Alpha2,
            notes,
            () =>
            {
                There(root, notes, keepsStoredFields: true);
                if (notes.Refused.Count == 0)
                    Back(root, notes);
            }
        );
        Normalize(root);
    }

    /// <summary>Gives a document of the stored version the names of kOps' internal types.</summary>
    public static void ToInternal(MappingNode root, IReadOnlyList<Relocation> hiddenNames, ConversionNotes notes)
    {
        Normalize(root);
        There(root, notes, keepsStoredFields: true);
        if (notes.Refused.Count > 0)
            return;
        new Relocator(root, hiddenNames, notes).ToLater(cloud: null, keepsStoredFields: true);
        new Normalizer(ApiSchema.V1Alpha3).Object(root, ApiSchema.V1Alpha3.Find(Kind(root))!);
    }

    private static void WithoutUnknown(MappingNode root, ApiSchema from, ApiSchema to, ConversionNotes notes, Action convert)
    {
        UnknownNames.Hide(root, from, from.Find(Kind(root))!);
        convert();
        UnknownNames.Show(
            root,
            to,
            to.Find(Kind(root))!,
            (name, position) => notes.Drop(name, position, "is not a field of the version that it is written in, and cannot be kept")
        );
    }

    private static void There(MappingNode root, ConversionNotes notes, bool keepsStoredFields)
    {
        if (Table(root, notes) is not var (relocator, _))
            return;
        var cloud = IsCluster(root) && root["spec"] is MappingNode spec ? CloudMember.Make(spec, notes) : string.Empty;
        relocator.ToLater(cloud, keepsStoredFields);
    }

    private static void Back(MappingNode root, ConversionNotes notes)
    {
        if (Table(root, notes) is not var (relocator, places))
            return;
        var spec = IsCluster(root) ? root["spec"] as MappingNode : null;
        var cloud = spec is null ? string.Empty : CloudMember.Find(spec, notes);
        relocator.ToStored();
        relocator.Tidy(places);
        if (spec is not null)
            CloudMember.Name(spec, cloud, notes);
    }

    private static (Relocator Relocator, IReadOnlyList<Relocation> Places)? Table(MappingNode root, ConversionNotes notes) =>
        Kind(root) switch
        {
            "Cluster" => (new(root, ClusterRelocations.All, notes), ClusterRelocations.LeftWhenEmpty),
            "InstanceGroup" => (new(root, GroupRelocations.All, notes), GroupRelocations.LeftWhenEmpty),
            _ => null,
        };

    private static ApiSchema Normalize(MappingNode root)
    {
        var schema = KopsKinds.SchemaOf(root["apiVersion"].ToString()!)!;
        new Normalizer(schema).Object(root, schema.Find(Kind(root))!);
        return schema;
    }

    private static bool IsCluster(MappingNode root) => Kind(root) == "Cluster";

    private static string Kind(MappingNode root) => root["kind"].ToString()!;
}
