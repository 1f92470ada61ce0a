using System.Globalization;
using Kops.Cli.CommandLine;
using Kops.StateStore.Bundles.Age;
using Kops.StateStore.Clusters;
using Kops.StateStore.Review;
using Kops.Vfs;

namespace Kops.Cli.Commands.State;

/// <summary>
/// Keys and secrets of clusters beside what is reviewed, each encrypted with age. They are for keeping: nothing is pushed from them.
/// </summary>
internal static class SealedFiles
{
    /// <summary>Of a file in the record: it is sealed for somebody else than the others.</summary>
    private const string Unknown = "";

    /// <summary>
    /// Writes those that are new or were changed, or all where somebody else shall open them; nothing where there is nobody. A stop at any
    /// moment is made good by the next pull:
    /// the key that opens them comes first, then the record, which knows of no file for it, and at the end the record that knows of all.
    /// </summary>
    public static async Task WriteAsync(
        Invocation run,
        ReviewDirectory directory,
        ReviewPull pull,
        Sealing sealing,
        IReadOnlyList<ClusterState> clusters,
        CancellationToken cancellationToken
    )
    {
        if (sealing.Keys.Count == 0)
            return;
        var record = directory.ReadRecord()!;
        var before = record.SealingKey;
        if (sealing.KeyFile is { } file)
        {
            directory.Write(SealingKey.FileName, file);
            run.Out.WriteLine($"Made a key for sealed files, which {sealing.Key!.Key} opens: {directory.PathOf(SealingKey.FileName)}.");
        }

        if (before != sealing.Key || !record.Recipients.SequenceEqual(sealing.Recipients))
        {
            record = record with
            {
                Recipients = sealing.Recipients,
                SealingKey = sealing.Key,
                Sealed = record.Sealed.ToDictionary(name => name.Key, _ => Unknown, StringComparer.Ordinal),
            };
            pull.Save(record);
        }

        var (written, found) = (0, new Dictionary<string, string>(StringComparer.Ordinal));
        foreach (var state in clusters)
        {
            foreach (var (place, under) in ((VfsPath, string)[])[(state.Layout.Keysets, "private"), (state.Layout.SecretStore, "secrets")])
            {
                await foreach (var entry in place.ListTreeAsync(cancellationToken))
                {
                    var name = $"{state.Name}/sealed/{under}/{entry.Path.Below(place)}.age";
                    found[name] = string.Create(
                        CultureInfo.InvariantCulture,
                        $"{entry.Object!.LastModified.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.fff'Z'} {entry.Object.Size}"
                    );
                    if (record.Sealed.GetValueOrDefault(name) == found[name] && directory.Read(name) is not null)
                        continue;
                    if (await entry.Path.ReadAsync(cancellationToken) is not { } content)
                        continue;
                    directory.Write(name, await SealAsync(content.Bytes, sealing.Keys, cancellationToken));
                    written++;
                }
            }
        }

        var names = clusters.Select(state => state.Name + "/").ToList();
        foreach (var gone in record.Sealed.Keys.Where(name => !found.ContainsKey(name)))
        {
            if (names.Exists(name => gone.StartsWith(name, StringComparison.Ordinal)))
                directory.Delete(gone);
            else
                found[gone] = record.Sealed[gone];
        }

        if (
            sealing.Key is null
            && before is not null
            && directory.Read(SealingKey.FileName) is { } old
            && ReviewDirectory.Digest(old) == before.Digest
        )
            directory.Delete(SealingKey.FileName);
        pull.Save(record with { Sealed = found });
        run.Out.WriteLine(
            $"Sealed {written} of {found.Count} files with keys and secrets{(written == 0 ? ": the others are unchanged" : string.Empty)}."
        );
        var stale = found
            .Where(file => file.Value == Unknown)
            .Select(file => file.Key[..file.Key.IndexOf('/', StringComparison.Ordinal)])
            .Distinct()
            .ToList();
        if (stale.Count > 0)
            run.Error.WriteLine(
                $"Note: what is sealed of {string.Join(", ", stale)} is for the keys before, since it was not pulled: 'kops state pull "
                    + $"{directory.Path} {string.Join(' ', stale)}' seals it anew."
            );
    }

    private static async Task<ReadOnlyMemory<byte>> SealAsync(
        ReadOnlyMemory<byte> content,
        IReadOnlyList<AgeKey> keys,
        CancellationToken cancellationToken
    )
    {
        using var sealedContent = new MemoryStream();
        var writer = await AgeWriter.BeginAsync(sealedContent, keys, cancellationToken);
        await using (writer)
        {
            await writer.WriteAsync(content, cancellationToken);
            await writer.EndAsync(cancellationToken);
        }

        return sealedContent.ToArray();
    }
}
