namespace Kops.Operations.Addons;

/// <summary>Writes files of the user's that others may read meanwhile: they are there whole, or not at all.</summary>
internal static class WholeFile
{
    /// <summary>Writes a file with its folder, in the place of one that is there.</summary>
    public static void Write(string file, ReadOnlySpan<byte> content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var draft = $"{file}.{Guid.NewGuid():N}";
        try
        {
            File.WriteAllBytes(draft, content);
            File.Move(draft, file, overwrite: true);
        }
        finally
        {
            File.Delete(draft);
        }
    }
}
