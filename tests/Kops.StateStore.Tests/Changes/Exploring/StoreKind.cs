namespace Kops.StateStore.Tests.Changes.Exploring;

/// <summary>In what stores differ, as far as the protocol of changes is concerned.</summary>
/// <param name="KeepsMarks">Whether a file tells who wrote it.</param>
/// <param name="VersionsNameWrites">Whether each write makes a version of its own; else versions are digests of the content.</param>
/// <param name="ConditionalDelete">
/// Whether deletions have conditions; else the file is looked at before, which is a call of its own.
/// </param>
internal sealed record StoreKind(bool KeepsMarks, bool VersionsNameWrites, bool ConditionalDelete)
{
    /// <summary>All kinds, by one store of each.</summary>
    public static IReadOnlyDictionary<string, StoreKind> All { get; } =
        new Dictionary<string, StoreKind>
        {
            ["file"] = new(true, false, true),
            ["s3"] = new(true, false, false),
            ["sftp"] = new(false, false, true),
            ["azureblob"] = new(true, true, true),
            ["gs"] = new(false, true, true),
        };
}
