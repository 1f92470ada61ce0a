namespace Kops.Vfs.Drivers;

/// <summary>How far down a listing goes.</summary>
public enum ListDepth
{
    /// <summary>
    /// Only what stands directly below the prefix; deeper keys appear once, as their common prefix (a delimited listing).
    /// </summary>
    Children,

    /// <summary>Every object below the prefix.</summary>
    Tree,
}
