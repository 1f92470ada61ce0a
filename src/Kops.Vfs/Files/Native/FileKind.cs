namespace Kops.Vfs.Files.Native;

/// <summary>The kinds of file that matter here.</summary>
internal enum FileKind
{
    /// <summary>The directory's listing does not say; ask the file.</summary>
    Unknown,

    Regular,

    Directory,

    Link,

    /// <summary>A pipe, a socket, a device.</summary>
    Other,

    /// <summary>Whatever it is, its name is no valid UTF-8, so that no key names it.</summary>
    NotUtf8,
}
