using Kops.Model;
using Kops.Operations.Events;

namespace Kops.Operations.Addons;

/// <summary>
/// Opens the source of addons that a user names, and sees that it is what it was: a directory, an archive (<c>.tar.gz</c>), or the
/// <c>https://</c> address of one, which is fetched once.
/// </summary>
/// <param name="folder">Where sources are remembered and kept; null where that cannot be.</param>
public sealed class SourceOpener(string? folder)
{
    private readonly SourcePins? _pins = folder is null ? null : new(Path.Combine(folder, "pins"));
    private readonly SourceCache? _cache = folder is null ? null : new(folder);

    /// <summary>Fetches an archive; null where none can be fetched.</summary>
    public Func<string, CancellationToken, Task<ReadOnlyMemory<byte>>>? Fetch { get; init; }

    /// <summary>Is told what happens on the way.</summary>
    public Action<OperationEvent> Tell { get; init; } = static _ => { };

    /// <summary>Where the source of a version of kOps is to be had.</summary>
    public static string AddressOf(string version) => $"https://github.com/kubernetes/kops/archive/refs/tags/v{version}.tar.gz";

    /// <summary>Opens it.</summary>
    /// <param name="name">A path that is whole, or an address.</param>
    /// <param name="accepted">The SHA-256 that the user says it has, whatever it was before; null for none.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="OperationException">It is not there, is no source of kOps, or is not what it was.</exception>
    public async Task<UserSource> OpenAsync(string name, string? accepted = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Length == 0 || name.Any(char.IsControl))
            throw OperationException.InvalidRequest("--addons-source: is neither a path nor an address");
        if (accepted is not null && !SourcePin.IsHash(accepted = accepted.ToLowerInvariant()))
            throw OperationException.InvalidRequest("--addons-sha256: is no SHA-256: expected 64 digits from 0 to f");
        var (source, isKept) =
            SourceAddress.IsOne(name) ? await FetchAsync(name, accepted, cancellationToken).ConfigureAwait(false)
            : Directory.Exists(name) ? (UserSource.OfFolder(name), true)
            : File.Exists(name) ? OfArchive(name, ReadFile(name))
            : throw OperationException.NotFound($"there is no source of addons {name}: neither a directory nor an archive (.tar.gz)");
        Check(source, accepted);
        if (!isKept)
            Keep(source);
        if (source.Version is { } version && version != Versions.Kops)
            Tell(
                new Advice(
                    EventLevel.Warning,
                    $"{source.Name} is the source of kOps {version}, and this program works as kOps {Versions.Kops}: the manifests of "
                        + "addons are neither's to the byte"
                )
            );
        return source;
    }

    // What was fetched once is not fetched again, unless the user wants another one.
    private async Task<(UserSource Source, bool IsKept)> FetchAsync(string address, string? accepted, CancellationToken cancellationToken)
    {
        SourceAddress.Check(address);
        if (_pins?.Find(address) is { } pin && (accepted ?? pin.Sha256) == pin.Sha256 && _cache?.Find(pin) is { } kept)
            return (kept, true);
        if (Fetch is null)
            throw OperationException.InvalidRequest($"{address}: no source of addons can be fetched here; name a directory or an archive");
        Tell(new Advice(EventLevel.Trace, $"fetching the source of addons {address}"));
        return OfArchive(address, await Fetch(address, cancellationToken).ConfigureAwait(false));
    }

    // Unpacking takes long: it is done once.
    private (UserSource Source, bool IsKept) OfArchive(string name, ReadOnlyMemory<byte> archive)
    {
        var sha256 = UserSource.HashOf(archive);
        return _pins?.Find(name) is { } pin && pin.Sha256 == sha256 && _cache?.Find(pin) is { } kept
            ? (kept, true)
            : (UserSource.OfArchive(name, archive, sha256), false);
    }

    private void Check(UserSource source, string? accepted)
    {
        SourcePins.CheckAccepted(source, accepted);
        var problem = "HOME is not set";
        try
        {
            if (_pins is not null)
            {
                if (_pins.Check(source, accepted))
                    Tell(
                        new Advice(
                            EventLevel.Note,
                            $"addons are made from {source.Name}, SHA-256 {source.Sha256}, which is remembered: another one is refused"
                        )
                    );
                return;
            }
        }
        catch (Exception unwritten) when (unwritten is IOException or UnauthorizedAccessException)
        {
            problem = unwritten.Message;
        }

        // Who says what it has to be needs no memory.
        if (accepted is null)
            Tell(
                new Advice(
                    EventLevel.Warning,
                    $"addons are made from {source.Name}, SHA-256 {source.Sha256}, which cannot be remembered ({problem}); "
                        + "--addons-sha256 says what it has to be"
                )
            );
    }

    private void Keep(UserSource source)
    {
        try
        {
            _cache?.Keep(source);
        }
        catch (Exception unwritten) when (unwritten is IOException or UnauthorizedAccessException)
        {
            Tell(new Advice(EventLevel.MinorWarning, $"{source.Name} is unpacked each time: {unwritten.Message}"));
        }
    }

    private static ReadOnlyMemory<byte> ReadFile(string file)
    {
        try
        {
            using var archive = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
            using var content = new MemoryStream();
            var buffer = new byte[1 << 16];
            for (int count; (count = archive.Read(buffer)) > 0; )
            {
                if (content.Length + count > SourceLimits.Archive)
                    throw OperationException.Failed($"{file}: is longer than {SourceLimits.Archive >> 20} MiB, which no source of kOps is");
                content.Write(buffer, 0, count);
            }

            return content.GetBuffer().AsMemory(0, (int)content.Length);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw OperationException.Failed($"{file}: {unreadable.Message}", unreadable);
        }
    }
}
