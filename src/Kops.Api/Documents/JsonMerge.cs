namespace Kops.Api.Documents;

/// <summary>
/// Lays one object over another as Go decodes JSON over a value that is there already (kOps: JSONMergeStruct): objects and maps merge
/// field by field, lists of objects item by item, all else takes the place of what was there. What is absent above stays as it is below.
/// </summary>
public static class JsonMerge
{
    /// <summary>Changes <paramref name="below"/>; the other is only read.</summary>
    public static void Lay(MappingNode above, MappingNode below)
    {
        ArgumentNullException.ThrowIfNull(above);
        ArgumentNullException.ThrowIfNull(below);
        foreach (var (name, value) in above)
            below[name] = Merged(value, below[name]);
    }

    private static Node Merged(Node above, Node? below)
    {
        switch (above, below)
        {
            case (MappingNode over, MappingNode under):
                Lay(over, under);
                return under;
            case (SequenceNode over, SequenceNode under):
                var merged = new SequenceNode();
                for (var i = 0; i < over.Count; i++)
                    merged.Add(Merged(over[i], i < under.Count ? under[i] : null));
                return merged;
            default:
                return above.Clone();
        }
    }
}
