using System.Text;

namespace Kops.Vfs.Gcs.Server.Objects;

/// <summary>A bucket. Every change is atomic.</summary>
internal sealed class Bucket(string name, BucketOptions options)
{
    private readonly Lock _gate = new();

    /// <summary>The generations of each name, the oldest first; the last one is current unless it is deleted.</summary>
    private readonly SortedDictionary<string, List<StoredObject>> _objects = new(Utf8Order.Instance);

    private long _generation = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() * 1000;

    internal string Name => name;

    internal BucketOptions Options { get; set; } = options;

    internal StoredObject? Find(string key, long? generation = null)
    {
        lock (_gate)
            return Locked(key, generation);
    }

    /// <summary>Writes a new generation.</summary>
    internal StoredObject Put(string key, Preconditions conditions, Content content, Func<StoredObject, StoredObject> describe)
    {
        Validate(key);
        lock (_gate)
        {
            var current = Locked(key, null);
            conditions.Check(current);
            if (current is not null)
                Retire(key, current);
            var written = describe(new StoredObject(name, key, ++_generation, content, DateTimeOffset.UtcNow));
            if (!_objects.TryGetValue(key, out var generations))
                _objects[key] = generations = [];
            generations.Add(written);
            return written;
        }
    }

    /// <summary>Changes what is said of the current generation.</summary>
    internal StoredObject Patch(string key, Preconditions conditions, Func<StoredObject, StoredObject> change)
    {
        lock (_gate)
        {
            var current = Locked(key, null) ?? throw Missing(key);
            conditions.Check(current);
            return _objects[key][^1] = change(current) with { Metageneration = current.Metageneration + 1 };
        }
    }

    internal void Delete(string key, long? generation, Preconditions conditions)
    {
        lock (_gate)
        {
            var current = Locked(key, generation) ?? throw Missing(key);
            conditions.Check(current);
            if (generation is null)
                Retire(key, current);
            else
                Remove(key, current);
        }
    }

    internal List<StoredObject> List(string prefix, bool versions)
    {
        lock (_gate)
        {
            return
            [
                .. _objects
                    .Where(pair => pair.Key.StartsWith(prefix, StringComparison.Ordinal))
                    .SelectMany(pair => versions ? pair.Value.AsEnumerable() : pair.Value.Where(row => row.Deleted is null)),
            ];
        }
    }

    internal void Corrupt(string key)
    {
        lock (_gate)
        {
            var current = Locked(key, null)!;
            var bytes = current.Content.Bytes!.ToArray();
            bytes[0] ^= 1;
            _objects[key][^1] = current with { Content = current.Content with { Bytes = bytes } };
        }
    }

    internal ApiException Missing(string key) => ApiException.NotFound($"No such object: {name}/{key}");

    private static void Validate(string key)
    {
        if (key.Length == 0)
            throw ApiException.Bad("Required", "required");
        if (
            key.AsSpan().ContainsAny('\r', '\n')
            || key is "." or ".."
            || key.StartsWith(".well-known/acme-challenge/", StringComparison.Ordinal)
        )
            throw ApiException.Bad($"Disallowed unicode characters present in object name '{key}'");
        if (Encoding.UTF8.GetByteCount(key) > 1024)
            throw ApiException.Bad("The maximum object length is 1024 characters, but got a name with more.");
    }

    private StoredObject? Locked(string key, long? generation) =>
        _objects.GetValueOrDefault(key)?.LastOrDefault(row => generation is null ? row.Deleted is null : row.Generation == generation);

    private void Retire(string key, StoredObject current)
    {
        if (!Options.Versioning)
            Remove(key, current);
        else
            _objects[key][_objects[key].IndexOf(current)] = current with { Deleted = DateTimeOffset.UtcNow };
    }

    private void Remove(string key, StoredObject current)
    {
        var generations = _objects[key];
        generations.Remove(current);
        if (generations.Count == 0)
            _objects.Remove(key);
        // Readers that have opened the file keep it.
        if (current.Content.File is { } file)
            File.Delete(file);
    }

    /// <summary>The order of listings.</summary>
    private sealed class Utf8Order : IComparer<string>
    {
        internal static Utf8Order Instance { get; } = new();

        public int Compare(string? x, string? y) => Encoding.UTF8.GetBytes(x!).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(y!));
    }
}
