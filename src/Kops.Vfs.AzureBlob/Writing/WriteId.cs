namespace Kops.Vfs.AzureBlob.Writing;

/// <summary>
/// A mark that a conditional write leaves on its object, as metadata: who wrote it, and in place of what. When the answer to a write
/// is lost, the mark tells whether the write happened; content could not, since two writers may write the same.
/// </summary>
/// <param name="Id">Unique to the write, and the same over all its tries.</param>
/// <param name="Replaced">The version that the write was conditioned on; <c>*</c> for none, <c>-</c> for an unconditional write.</param>
internal readonly record struct WriteId(string Id, string Replaced)
{
    // Names of metadata are identifiers of C# here.
    private const string Name = "kops_write";

    /// <summary>The metadata of what is written.</summary>
    internal Dictionary<string, string> Metadata => new(StringComparer.OrdinalIgnoreCase) { [Name] = $"{Id} {Replaced}" };

    internal static WriteId New(WriteCondition condition) => new(
        Guid.NewGuid().ToString("N"),
        condition.Kind switch
        {
            WriteConditionKind.IfAbsent => "*",
            WriteConditionKind.IfMatch => condition.Version.Value,
            _ => "-",
        });

    internal static WriteId? Read(IDictionary<string, string> metadata)
    {
        foreach (var (name, value) in metadata)
        {
            if (name.Equals(Name, StringComparison.OrdinalIgnoreCase) && value.Split(' ', 2) is [var id, var replaced]) return new WriteId(id, replaced);
        }

        return null;
    }
}
