using System.Text.RegularExpressions;

namespace Kops.Vfs.Files;

/// <summary>Opens <c>file://</c> and plain paths.</summary>
/// <remarks>
/// The rules are those of kOps (<c>util/pkg/vfs/context.go</c>): what follows <c>file://</c> is a path as it stands, relative ones
/// included, nothing is percent-decoded, and the address is shown without the scheme. The store's root is the directory that the user
/// named; a
/// path that names a file is that file in its directory.
/// </remarks>
internal sealed partial class FileStores(TimeProvider clock, string workingDirectory, Func<Store, Store> layers, LeftOutFiles leftOut)
{
    private readonly Dictionary<string, Store> _opened = new(StringComparer.Ordinal);

    internal VfsPath Open(string path)
    {
        const string scheme = "file://";
        var address = path.StartsWith(scheme, StringComparison.Ordinal) ? path[scheme.Length..] : path;
        if (address.Length == 0)
            throw Invalid(path, "it names no directory; write file:///absolute/path, or a plain path");
        if (address.Contains('\0', StringComparison.Ordinal))
            throw Invalid(path, "it holds a NUL character");
        if (address is "~" || address.StartsWith("~/", StringComparison.Ordinal))
            throw Invalid(path, "the shell did not expand '~' here; write $HOME, or './~' for a directory of that name");
        if (path == address && Mistyped().Match(address) is { Success: true } mistyped)
        {
            var root = mistyped.Groups["scheme"].Value is "file" ? scheme + "/" : mistyped.Groups["scheme"].Value + "://";
            throw Invalid(
                path,
                $"it has one slash in place of two: write {root}{mistyped.Groups["rest"].Value}, or ./{address} for a directory"
            );
        }

        if (path == address && address.StartsWith("arn:", StringComparison.Ordinal))
            throw Invalid(path, $"it is the name that AWS has for a bucket: write s3://{address.Split(":::", 2)[^1]}");

        address = address.TrimEnd('/') is { Length: > 0 } trimmed ? trimmed : "/";
        var full = Path.GetFullPath(address, workingDirectory);
        return File.Exists(full) && Path.GetDirectoryName(full) is { } directory
            ? StoreAt(directory, Path.GetDirectoryName(address) is { Length: > 0 } above ? above : ".").Root.Join(Path.GetFileName(full))
            : StoreAt(full, address).Root;
    }

    private Store StoreAt(string directory, string address)
    {
        if (!_opened.TryGetValue(address, out var store))
            _opened[address] = store = layers(new Store(address, new FileStoreDriver(directory, address, clock, leftOut)));
        return store;
    }

    [GeneratedRegex(
        @"^(?<scheme>[a-z][a-z0-9]+):/(?!/)(?<rest>.*)\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.Singleline,
        1000
    )]
    private static partial Regex Mistyped();

    private static StoreException Invalid(string path, string problem) => new(StoreErrorKind.InvalidArgument, "open", path, problem);
}
