using System.Diagnostics.CodeAnalysis;
using Kops.Api.Documents;
using Kops.Api.Schema;
using Kops.Templates.Values;

namespace Kops.Build.Addons.Spec;

/// <summary>A part of a completed spec as templates see it: the struct that kOps would have there, with its pointers.</summary>
internal sealed class SpecObject(MappingNode node, TypeSchema type) : ITemplateObject
{
    /// <summary>What it holds, by its names in files.</summary>
    public MappingNode Node => node;

    public string TypeName => SpecValues.Package + type.Name;

    public IEnumerable<string> FieldNames => type.Fields.Select(known => known.Name);

    public bool TryGetField(string name, [MaybeNullWhen(false)] out Value value)
    {
        if (GoNames.Find(type, name) is { } field)
        {
            value = SpecValues.Of(node[field.Name], field.Type);
            return true;
        }

        // Types that are Kubernetes' own are not described field by field.
        var found = node.FirstOrDefault(pair => pair.Key.Equals(name, StringComparison.OrdinalIgnoreCase));
        value = SpecValues.OfAny(found.Value);
        return found.Value is not null;
    }
}
