using Kops.Build.Addons.Sources;

namespace Kops.Operations.Addons;

/// <summary>Collects the addons of a source. Whoever made it may mean no good: nothing is taken on trust.</summary>
internal sealed class SourceFiles(string name)
{
    private readonly Dictionary<string, ReadOnlyMemory<byte>> _files = new(StringComparer.Ordinal);
    private long _total;
    private string? _version;

    /// <summary>The part of a path below the addons of a source; null where it lies elsewhere.</summary>
    /// <param name="path">A path in the source; archives have a folder around all.</param>
    public static string? PlaceOf(string path)
    {
        var at = path.IndexOf(AddonSource.Folder, StringComparison.Ordinal);
        var isBelow =
            at == 0 || (at > 0 && path.IndexOf('/') == at - 1) || path.StartsWith("./" + AddonSource.Folder, StringComparison.Ordinal);
        return isBelow && path.Length > at + AddonSource.Folder.Length ? path[(at + AddonSource.Folder.Length)..] : null;
    }

    /// <summary>Whether a path is the one of the file that names the version.</summary>
    public static bool IsVersion(string path) =>
        path == SourceVersion.File
        || path == "./" + SourceVersion.File
        || (path.EndsWith("/" + SourceVersion.File, StringComparison.Ordinal) && path.IndexOf('/') == path.LastIndexOf('/'));

    /// <summary>Takes the file that names the version; the first that does counts.</summary>
    public void AddVersion(Stream content, long length)
    {
        if (_version is not null || length > SourceVersion.MaxBytes)
            return;
        var bytes = new byte[length];
        content.ReadExactly(bytes);
        _version = SourceVersion.Read(bytes);
    }

    /// <summary>Takes a file.</summary>
    /// <exception cref="OperationException">It is none that a source of kOps has.</exception>
    public void Add(string place, Stream content, long length)
    {
        if (!IsPlain(place))
            throw Refuse("a path among the addons is no plain one");
        if (length > SourceLimits.File)
            throw Refuse($"{place} is longer than {SourceLimits.File >> 20} MiB");
        if (_files.Count == SourceLimits.Files)
            throw Refuse($"it has more than {SourceLimits.Files} addons");
        var bytes = new byte[length];
        content.ReadExactly(bytes);
        if ((_total += length) > SourceLimits.All)
            throw Refuse($"its addons are longer than {SourceLimits.All >> 20} MiB");
        if (!_files.TryAdd(place, bytes))
            throw Refuse($"{place} is in it twice");
    }

    /// <exception cref="OperationException">There are none.</exception>
    public SourceContent Finish() =>
        _files.Count > 0
            ? new SourceContent(new AddonSource(_files), _version)
            : throw Refuse($"it has no addons: {AddonSource.Folder} is missing; name a source of kOps");

    public OperationException Refuse(string reason) => OperationException.Failed($"{name}: {reason}");

    private static bool IsPlain(string place) =>
        place.Split('/').All(part => part.Length > 0 && part is not ("." or ".."))
        && place.All(sign => char.IsAsciiLetterOrDigit(sign) || sign is '/' or '-' or '_' or '.');
}
