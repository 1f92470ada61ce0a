namespace Kops.Vfs.Rest.Writing;

/// <summary>The error for a content that is shorter or longer than it was promised to be.</summary>
public static class LengthDiffers
{
    /// <summary>Makes it.</summary>
    /// <param name="path">The object, as users write it.</param>
    /// <param name="promised">Bytes that were promised.</param>
    /// <param name="found">Bytes that there are; of more than were promised nobody counts the rest.</param>
    public static StoreException Of(string path, long promised, long found) =>
        new(
            StoreErrorKind.Corrupt,
            "write",
            path,
            $"the content should have {promised} bytes, and has {(found > promised ? "more" : found)}"
        );
}
