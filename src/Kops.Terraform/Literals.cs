using System.Globalization;
using Kops.Resources.Values;

namespace Kops.Terraform;

/// <summary>Values that take one line. What refers to a resource is looked up among all of them.</summary>
internal sealed class Literals
{
    private readonly Dictionary<(ResourceKind, string), Resource> _resources = [];

    public Literals(IReadOnlyList<Resource> resources)
    {
        var names = new Dictionary<(string, string), string>();
        foreach (var resource in resources)
        {
            var name = HclNames.Sanitize(resource.Name);
            if (!names.TryAdd((resource.Kind.Name, name), resource.Name))
                throw new FormatException(
                    $"two resources are called {resource.Kind.Name}.{name}: '{names[(resource.Kind.Name, name)]}' and '{resource.Name}', "
                        + "which are one name to Terraform; rename what one of them belongs to"
                );
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
            Reference reference => Of(Resolve(reference)),
            ListValue list => $"[{string.Join(", ", Items(list).Select(Of))}]",
            _ => throw new InvalidOperationException($"{value.GetType().Name} takes more than one line"),
        };

    /// <summary>What stands where something is referred to: its address, or what is known of it already.</summary>
    public Value Resolve(Reference reference)
    {
        if (!_resources.TryGetValue((reference.Kind, reference.Name), out var resource))
            throw new FormatException($"there is no {reference.Kind.Name} '{reference.Name}' to refer to");
        var address = $"{reference.Kind.Name}.{HclNames.Sanitize(reference.Name)}.{reference.Property}";
        if (resource.Ownership == Ownership.Owned)
            return new Expression(address);
        return resource.Attributes.TryGetValue(reference.Property, out var known) ? known
            : resource.Kind.IsLookedUp ? new Expression("data." + address)
            : throw new FormatException(
                $"of {reference.Kind.Name} '{reference.Name}', which the user owns, no {reference.Property} is known"
            );
    }

    /// <summary>The items of a list, those of a set in an order and each once.</summary>
    public IEnumerable<Value> Items(ListValue list) =>
        list.IsSet ? list.Items.DistinctBy(Of).OrderBy(Of, StringComparer.Ordinal) : list.Items;
}
