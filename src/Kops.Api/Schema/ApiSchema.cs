using System.Collections.Frozen;

namespace Kops.Api.Schema;

/// <summary>All types of one API version, read from the schema files that the typed views are generated from.</summary>
public sealed class ApiSchema
{
    private static readonly Lazy<ApiSchema> LazyV1Alpha2 = new(() => new ApiSchema("v1alpha2"));
    private static readonly Lazy<ApiSchema> LazyV1Alpha3 = new(() => new ApiSchema("v1alpha3"));

    private readonly FrozenDictionary<string, TypeSchema> _types;

    private ApiSchema(string version)
    {
        Version = version;
        _types = SchemaText.Parse(Text(version), Text).ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>The version that is stored: <c>kops.k8s.io/v1alpha2</c>.</summary>
    public static ApiSchema V1Alpha2 => LazyV1Alpha2.Value;

    /// <summary>The next version: <c>kops.k8s.io/v1alpha3</c>.</summary>
    public static ApiSchema V1Alpha3 => LazyV1Alpha3.Value;

    /// <summary>The version without its group.</summary>
    public string Version { get; }

    /// <summary>The type of that name; null when there is none.</summary>
    public TypeSchema? Find(string typeName) => _types.GetValueOrDefault(typeName);

    /// <summary>The type of an object-valued field.</summary>
    public TypeSchema TypeOf(FieldType type) => _types[type.TypeName ?? throw new ArgumentException("not an object type", nameof(type))];

    private static string Text(string version)
    {
        using var stream =
            typeof(ApiSchema).Assembly.GetManifestResourceStream($"{version}.schema")
            ?? throw new InvalidOperationException($"the schema of {version} is missing from the program");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
