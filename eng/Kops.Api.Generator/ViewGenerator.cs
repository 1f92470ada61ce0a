using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Kops.Api.Schema;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Kops.Api.Generator;

/// <summary>Writes one typed view for each type of the schema of the stored version.</summary>
[Generator]
public sealed class ViewGenerator : IIncrementalGenerator
{
    private const string StoredVersion = "v1alpha2.schema";

    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var schema = context
            .AdditionalTextsProvider.Where(file => Path.GetFileName(file.Path) == StoredVersion)
            .Select((file, cancellation) => file.GetText(cancellation)?.ToString() ?? string.Empty);
        context.RegisterSourceOutput(
            schema,
            (output, text) =>
            {
                foreach (var type in SchemaText.Parse(text).Values)
                    output.AddSource(type.Name + ".g.cs", SourceText.From(Write(type), Encoding.UTF8));
            }
        );
    }

    private static string Write(TypeSchema type)
    {
        // A reference to an object (OwnerReference) has the first two as well.
        var isKind = type.Find("apiVersion") != null && type.Find("kind") != null && type.Find("spec") != null;
        var code = new StringBuilder();
        code.Append("#nullable enable\nusing Kops.Api.Documents;\nusing Kops.Api.Views;\n\nnamespace Kops.Api;\n\n");
        code.Append($"/// <summary>The type <c>{type.Name}</c> of kops.k8s.io/v1alpha2.</summary>\n");
        code.Append($"public sealed partial class {type.Name} : {(isKind ? "KopsObject" : "ApiView")}, IApiView<{type.Name}>\n{{\n");
        code.Append(
            $"    /// <summary>A view of an existing mapping.</summary>\n    public {type.Name}(MappingNode node) : base(node) {{ }}\n\n"
        );
        code.Append($"    /// <summary>A new, empty {type.Name}.</summary>\n    public {type.Name}() : base(new MappingNode())");
        code.Append(
            isKind ? $"\n    {{\n        ApiVersion = \"kops.k8s.io/v1alpha2\";\n        Kind = \"{type.Name}\";\n    }}\n\n" : " { }\n\n"
        );
        code.Append($"    /// <inheritdoc/>\n    public static {type.Name} Of(MappingNode node) => new(node);\n");
        foreach (var field in type.Fields)
        {
            if (isKind && field.Name is "apiVersion" or "kind" or "metadata")
                continue;
            WriteProperty(code, type, field, isKind && field.Name == "spec");
        }

        return code.Append("}\n").ToString();
    }

    private static void WriteProperty(StringBuilder code, TypeSchema owner, FieldSchema field, bool isAlwaysThere)
    {
        // A few names have dashes: bs-version.
        var name = string.Concat(field.Name.Split('-').Select(part => char.ToUpperInvariant(part[0]) + part.Substring(1)));
        // C# does not let a member bear its type's name.
        if (name == owner.Name || name == "Node")
            name += "Value";
        var key = "\"" + field.Name + "\"";
        code.Append($"\n    /// <summary>The field <c>{field.Name}</c>{Values(field)}.</summary>\n");
        switch (field.Type.Kind)
        {
            case FieldKind.Object when isAlwaysThere:
                code.Append($"    public {field.Type.TypeName} {name} => EnsureView<{field.Type.TypeName}>({key});\n");
                break;
            case FieldKind.Object:
                code.Append(
                    $"    public {field.Type.TypeName}? {name} {{ get => GetView<{field.Type.TypeName}>({key}); set => SetView({key}, "
                        + $"value); }}\n\n"
                );
                code.Append($"    /// <summary>The object in <c>{field.Name}</c>, which is made where there is none.</summary>\n");
                code.Append($"    public {field.Type.TypeName} Ensure{name}() => EnsureView<{field.Type.TypeName}>({key});\n");
                break;
            case FieldKind.List:
            case FieldKind.Map:
                var view = field.Type.Kind == FieldKind.List ? "ListView" : "MapView";
                var (item, read, write) = Item(field.Type.Element!);
                code.Append($"    public {view}<{item}> {name} => new(Node, {key}, static node => {read}, static value => {write});\n");
                break;
            default:
                var (type, kind) = Scalar(field.Type.Kind);
                var getter = kind == "IntOrString" ? "Text" : kind;
                var cast = type == "int" ? "(int?)" : string.Empty;
                code.Append($"    public {type}? {name} {{ get => {cast}Get{getter}({key}); set => Set{kind}({key}, value); }}\n");
                break;
        }
    }

    private static string Values(FieldSchema field) =>
        field.OneOf.Count == 0 ? string.Empty : ": " + string.Join(", ", field.OneOf.Select(value => $"<c>{value}</c>"));

    private static (string Type, string Accessor) Scalar(FieldKind kind) =>
        kind switch
        {
            FieldKind.Boolean => ("bool", "Boolean"),
            FieldKind.Int32 => ("int", "Integer"),
            FieldKind.Int64 => ("long", "Integer"),
            FieldKind.IntOrString => ("string", "IntOrString"),
            FieldKind.Any => ("Node", "Node"),
            _ => ("string", "Text"),
        };

    private static (string Type, string Read, string Write) Item(FieldType type) =>
        type.Kind switch
        {
            FieldKind.Object => (type.TypeName!, $"new {type.TypeName}((MappingNode)node)", "value.Node"),
            FieldKind.Boolean => ("bool", "((ScalarNode)node).Text == \"true\"", "ScalarNode.Of(value)"),
            FieldKind.Int32 or FieldKind.Int64 => (
                "long",
                "long.Parse(((ScalarNode)node).Text, System.Globalization.CultureInfo.InvariantCulture)",
                "ScalarNode.Of(value)"
            ),
            FieldKind.Any or FieldKind.List or FieldKind.Map => ("Node", "node", "value"),
            FieldKind.IntOrString => ("ScalarNode", "(ScalarNode)node", "value"),
            _ => ("string", "((ScalarNode)node).Text", "ScalarNode.Of(value)"),
        };
}
