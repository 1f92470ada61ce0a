namespace Kops.Vfs;

/// <summary>
/// The schemes that a program knows, and the stores that it has opened. One registry for one program (or test): drivers are opened
/// once for each root and closed with it.
/// </summary>
public sealed class StoreRegistry : IAsyncDisposable
{
    private readonly Dictionary<string, Func<string, VfsPath>> _openers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, VfsPath> _opened = new(StringComparer.Ordinal);

    /// <summary>The schemes that can be opened, sorted.</summary>
    public IEnumerable<string> Schemes => _openers.Keys.Where(scheme => scheme.Length > 0).Order(StringComparer.Ordinal);

    /// <summary>Adds a scheme.</summary>
    /// <param name="scheme">The scheme without <c>://</c>; empty for plain paths.</param>
    /// <param name="open">Makes the path for what the user wrote, opening its store where that is not open yet.</param>
    public StoreRegistry Add(string scheme, Func<string, VfsPath> open)
    {
        _openers.Add(scheme, open);
        return this;
    }

    /// <summary>The path that a user wrote: <c>s3://bucket/key</c>, <c>file:///srv/state</c>, <c>/srv/state</c>.</summary>
    /// <exception cref="StoreException">The scheme is unknown, or the text is not a path of that scheme.</exception>
    public VfsPath Resolve(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        lock (_opened)
        {
            if (_opened.TryGetValue(path, out var known))
                return known;
            var end = path.IndexOf("://", StringComparison.Ordinal);
            var scheme = end < 0 ? string.Empty : path[..end];
            if (!_openers.TryGetValue(scheme, out var open))
            {
                throw new StoreException(
                    StoreErrorKind.InvalidArgument,
                    "open",
                    path,
                    $"the scheme '{scheme}' is unknown; known are {string.Join(", ", Schemes)}"
                );
            }

            return _opened[path] = open(path);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var driver in _opened.Values.Select(path => path.Store.Driver).Distinct())
            await driver.DisposeAsync().ConfigureAwait(false);
        _opened.Clear();
    }
}
