using Kops.Api.Documents;

namespace Kops.Api.Versions;

/// <summary>An object of one field became that field's value.</summary>
internal sealed class Unwrapped(string field) : ValueRule
{
    public override Node? ToLater(Node value, ValueReport report)
    {
        if (value is not MappingNode mapping)
            return value;
        foreach (var (name, other) in mapping)
        {
            if (name != field)
                report.Drop(name, other);
        }

        return mapping[field];
    }

    public override Node ToStored(Node value, ValueReport report)
    {
        var mapping = new MappingNode { Position = value.Position };
        mapping.Set(field, value, value.Position);
        return mapping;
    }
}
