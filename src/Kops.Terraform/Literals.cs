using System.Globalization;
using Kops.Resources.Values;

namespace Kops.Terraform;

/// <summary>Values that take one line. What refers to a resource is looked up among all of them.</summary>
internal sealed class Literals
{
    private readonly Dictionary<(ResourceKind, string), Resource> _resources = [];

    public Literals(IReadOnlyList<Resource> resources)
    {
        var names = new HashSet<(string, string)>();
        foreach (var resource in resources)
        {
            if (!names.Add((resource.Kind.Name, HclNames.Sanitize(resource.Name))))
                throw new FormatException($"two resources are called {resource.Kind.Name}.{HclNames.Sanitize(resource.Name)}");
            _resources.Add((resource.Kind, resource.Name), resource);
        }
    }

    /// <summary>The value as it stands behind the equals sign.</summary>
    public string Of(Value value) =>
        value switch
        {
            TextValue text => HclText.Quote(text.Text),
            NumberValue number => number.Number.ToString(CultureInfo.InvariantCulture),
            BooleanValue boolean => boolean.IsTrue ? "true" : "false",
            Expression expression => expression.Text,
            Reference reference => Of(reference),
            ListValue { IsSet: true } set => $"[{string.Join(", ", set.Items.Select(Of).Distinct().Order(StringComparer.Ordinal))}]",
            ListValue list => $"[{string.Join(", ", list.Items.Select(Of))}]",
            _ => throw new InvalidOperationException($"{value.GetType().Name} takes more than one line"),
        };

    private string Of(Reference reference)
    {
        if (!_resources.TryGetValue((reference.Kind, reference.Name), out var resource))
            throw new FormatException($"there is no {reference.Kind.Name} '{reference.Name}' to refer to");
        var address = $"{reference.Kind.Name}.{HclNames.Sanitize(reference.Name)}.{reference.Property}";
        if (resource.Ownership == Ownership.Owned)
            return address;
        return resource.Attributes.TryGetValue(reference.Property, out var known) ? Of(known)
            : resource.Kind.IsLookedUp ? "data." + address
            : throw new FormatException(
                $"of {reference.Kind.Name} '{reference.Name}', which the user owns, no {reference.Property} is known"
            );
    }
}
