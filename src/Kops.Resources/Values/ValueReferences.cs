namespace Kops.Resources.Values;

/// <summary>What is found within values.</summary>
public static class ValueReferences
{
    /// <summary>All references in a value, however deep, in order.</summary>
    public static IEnumerable<Reference> References(this Value value) =>
        value switch
        {
            Reference reference => [reference],
            Block block => block.Values.SelectMany(References),
            ListValue list => list.Items.SelectMany(References),
            MapValue map => map.Entries.Values.SelectMany(References),
            _ => [],
        };
}
