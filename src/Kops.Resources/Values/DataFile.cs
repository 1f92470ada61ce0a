namespace Kops.Resources.Values;

/// <summary>A text that is too long for an attribute, and so lies in a file of its own.</summary>
/// <param name="Attribute">What the file is called after the resource's kind and name: <c>policy</c>.</param>
/// <param name="Content">Its bytes.</param>
/// <param name="Encoding">How the attribute takes it.</param>
public sealed record DataFile(string Attribute, ReadOnlyMemory<byte> Content, FileEncoding Encoding = FileEncoding.Plain) : Value
{
    /// <summary>A file of text.</summary>
    public DataFile(string attribute, string content, FileEncoding encoding = FileEncoding.Plain)
        : this(attribute, System.Text.Encoding.UTF8.GetBytes(content), encoding) { }
}
