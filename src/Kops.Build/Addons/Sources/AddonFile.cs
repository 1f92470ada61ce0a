namespace Kops.Build.Addons.Sources;

/// <summary>A file that a manifest is made from.</summary>
/// <param name="Path">Its path below the addons of the source.</param>
/// <param name="Content">What stands in it.</param>
/// <param name="IsTemplate">Whether it is a template.</param>
public sealed record AddonFile(string Path, ReadOnlyMemory<byte> Content, bool IsTemplate)
{
    /// <summary>What the names of templates end in.</summary>
    public const string Extension = ".template";
}
