using System.Globalization;
using Kops.Cli.CommandLine;
using Kops.Cli.Hosting;
using Kops.StateStore.Bundles.Age;
using Kops.StateStore.Clusters;
using Kops.StateStore.Review;
using Kops.Vfs;

namespace Kops.Cli.Commands.State;

/// <summary>Keys and secrets of clusters beside what is reviewed, each encrypted with age. They are for keeping: nothing is pushed from them.</summary>
internal static class SealedFiles
{
    /// <summary>Writes those that are new or were changed, for the recipients of <c>--recipient</c> or of the last time; nothing where there are none.</summary>
    public static async Task WriteAsync(Invocation run, ReviewDirectory directory, ReviewPull pull, IReadOnlyList<ClusterState> clusters, CancellationToken cancellationToken)
    {
        var record = directory.ReadRecord()!;
        IReadOnlyList<string> recipients = run.Flags.List("recipient") is { Count: > 0 } named ? named : record.Recipients;
        if (recipients.Count == 0) return;
        IReadOnlyList<AgeKey> keys;
        try
        {
            keys = [.. recipients.Select(AgeKey.FromRecipient)];
        }
        catch (AgeException wrong)
        {
            throw CommandException.Usage(wrong.Message);
        }

        var (written, found) = (0, new Dictionary<string, string>(StringComparer.Ordinal));
        foreach (var state in clusters)
        {
            foreach (var (place, under) in ((VfsPath, string)[])[(state.Layout.Keysets, "private"), (state.Layout.SecretStore, "secrets")])
            {
                await foreach (var entry in place.ListTreeAsync(cancellationToken))
                {
                    var name = $"{state.Name}/sealed/{under}/{entry.Path.Below(place)}.age";
                    found[name] = string.Create(CultureInfo.InvariantCulture, $"{entry.Object!.LastModified.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.fff'Z'} {entry.Object.Size}");
                    if (record.Recipients.SequenceEqual(recipients) && record.Sealed.GetValueOrDefault(name) == found[name] && directory.Read(name) is not null) continue;
                    if (await entry.Path.ReadAsync(cancellationToken) is not { } content) continue;
                    directory.Write(name, await SealAsync(content.Bytes, keys, cancellationToken));
                    written++;
                }
            }
        }

        var names = clusters.Select(state => state.Name + "/").ToList();
        foreach (var gone in record.Sealed.Keys.Where(name => !found.ContainsKey(name)))
        {
            if (names.Exists(name => gone.StartsWith(name, StringComparison.Ordinal))) directory.Delete(gone);
            else found[gone] = record.Sealed[gone];
        }

        pull.Save(record with { Sealed = found, Recipients = recipients });
        run.Out.WriteLine($"Sealed {written} of {found.Count} files with keys and secrets{(written == 0 ? ": the others are unchanged" : string.Empty)}.");
    }

    private static async Task<ReadOnlyMemory<byte>> SealAsync(ReadOnlyMemory<byte> content, IReadOnlyList<AgeKey> keys, CancellationToken cancellationToken)
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
