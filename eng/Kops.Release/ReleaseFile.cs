namespace Kops.Release;

/// <summary>A file of an archive.</summary>
/// <param name="Name">Its path within, without a first slash.</param>
/// <param name="Bytes">Its content.</param>
/// <param name="IsProgram">Whether it can be run.</param>
internal sealed record ReleaseFile(string Name, byte[] Bytes, bool IsProgram = false)
{
    /// <summary>The same file in a directory.</summary>
    public ReleaseFile Below(string directory) => this with { Name = directory + Name };
}
