namespace Kops.Vfs.Gcs.Server;

/// <summary>
/// What emulators of Cloud Storage do otherwise than the service. Each value is a thing that one of them was seen to do; those that people
/// use
/// are put together below.
/// </summary>
public sealed record EmulatorQuirks
{
    /// <summary>Of which requests the conditions are ignored.</summary>
    public IgnoredConditions Ignores { get; init; }

    /// <summary>Whether content comes without the headers that say its generation and its encoding.</summary>
    public bool BareContent { get; init; }

    /// <summary>Whether content is that of the current generation, whichever was asked for.</summary>
    public bool OneGeneration { get; init; }

    /// <summary>Whether content comes without its length.</summary>
    public bool ContentWithoutLength { get; init; }

    /// <summary>
    /// Whether a listing is one page, whatever was asked for, in the order of the file system: directory by directory, backwards.
    /// </summary>
    public bool OneUnsortedPage { get; init; }

    /// <summary>Where uploads are said to go on, in place of the address that the client has asked; null for that.</summary>
    public string? UploadHost { get; init; }

    /// <summary>Whether a chunk of which nobody says how long the whole is counts as the whole.</summary>
    public bool ChunkWithoutTotalIsAll { get; init; }

    /// <summary>Whether the first chunk of an upload ends it.</summary>
    public bool FirstChunkIsAll { get; init; }

    /// <summary>Whether there are no copies by the server.</summary>
    public bool NoCopies { get; init; }

    /// <summary>Whether failures come without a body, and a delete says 200.</summary>
    public bool Terse { get; init; }

    /// <summary>Whether masks of fields are ignored.</summary>
    public bool LooseJson { get; init; }

    /// <summary>fsouza/fake-gcs-server: of conditions it checks those of small uploads; it says how it would reach itself.</summary>
    public static EmulatorQuirks FakeGcsServer { get; } =
        new()
        {
            Ignores = IgnoredConditions.Deletes | IgnoredConditions.Uploads | IgnoredConditions.Copies,
            OneUnsortedPage = true,
            UploadHost = "0.0.0.0:4443",
            Terse = true,
            LooseJson = true,
        };

    /// <summary>oittaa/gcp-storage-emulator: no conditions, little said of content, and no listing in pages.</summary>
    public static EmulatorQuirks GcpStorageEmulator { get; } =
        new()
        {
            Ignores = IgnoredConditions.All,
            BareContent = true,
            OneGeneration = true,
            OneUnsortedPage = true,
            ChunkWithoutTotalIsAll = true,
            Terse = true,
            LooseJson = true,
        };

    /// <summary>The storage emulator of firebase-tools: no conditions, and no uploads in chunks.</summary>
    public static EmulatorQuirks Firebase { get; } =
        new()
        {
            Ignores = IgnoredConditions.All,
            BareContent = true,
            OneGeneration = true,
            FirstChunkIsAll = true,
            LooseJson = true,
        };
}
