namespace Kops.Vfs.Gcs.Server.Objects;

/// <summary>Where contents are kept.</summary>
internal sealed class ContentStore(string directory)
{
    internal ContentWriter Create() => new(directory);

    /// <summary>Takes a body whole.</summary>
    internal async Task<Content> ReadAsync(Stream body, CancellationToken cancellationToken)
    {
        using var writer = Create();
        var buffer = new byte[64 * 1024];
        for (int count; (count = await body.ReadAsync(buffer, cancellationToken)) > 0; )
            await writer.AppendAsync(buffer.AsMemory(0, count), cancellationToken);
        return writer.Finish();
    }
}
