namespace Kops.StateStore.Bundles;

/// <summary>A file of this machine that nobody else can read, and that goes when it is closed.</summary>
internal static class TemporaryCopy
{
    public static FileStream Open() =>
        new(
            Path.GetTempFileName(),
            new FileStreamOptions
            {
                Mode = FileMode.Open,
                Access = FileAccess.ReadWrite,
                Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
            }
        );
}
