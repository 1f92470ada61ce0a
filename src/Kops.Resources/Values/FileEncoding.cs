namespace Kops.Resources.Values;

/// <summary>How an attribute takes a file's bytes.</summary>
public enum FileEncoding
{
    /// <summary>As they are.</summary>
    Plain,

    /// <summary>In base 64.</summary>
    Base64,

    /// <summary>By where it lies.</summary>
    Path,
}
