using System.Collections.Concurrent;

namespace Kops.Vfs.Oss.Server;

/// <summary>One version of an object, or the note that it was deleted.</summary>
internal sealed record StoredObject(
    string VersionId,
    Content? Content,
    string ETag,
    string Type,
    DateTimeOffset Modified,
    IReadOnlyDictionary<string, string> Headers
);

/// <summary>An upload in parts that has begun.</summary>
internal sealed record Upload(string Key, IReadOnlyDictionary<string, string> Headers)
{
    internal SortedDictionary<int, Content> Parts { get; } = [];
}

/// <summary>A bucket. Who holds <see cref="Gate"/> is alone with it.</summary>
internal sealed class Bucket(bool versioning)
{
    private int _next;

    internal Lock Gate { get; } = new();

    internal bool Versioning { get; set; } = versioning;

    /// <summary>Policy, rules, encryption and the like, as they were written.</summary>
    internal ConcurrentDictionary<string, byte[]> Settings { get; } = new(StringComparer.Ordinal);

    /// <summary>The versions of each key, the newest last.</summary>
    internal SortedDictionary<string, List<StoredObject>> Objects { get; } = new(Comparer<string>.Create(ObjectKey.Compare));

    internal Dictionary<string, Upload> Uploads { get; } = new(StringComparer.Ordinal);

    internal StoredObject? Find(string key, string? versionId = null)
    {
        if (!Objects.TryGetValue(key, out var versions))
            return null;
        var found = versionId is null ? versions[^1] : versions.Find(version => version.VersionId == versionId);
        return found?.Content is null ? null : found;
    }

    /// <summary>Puts an object in place. That it must not be there counts only where no versions are kept.</summary>
    internal StoredObject Put(
        string key,
        Content content,
        string etag,
        string type,
        IReadOnlyDictionary<string, string> headers,
        bool forbidOverwrite
    )
    {
        lock (Gate)
        {
            if (forbidOverwrite && !Versioning && Find(key) is not null)
                throw new ApiException(409, "FileAlreadyExists", "The object you specified already exists and can not be overwritten.");
            return Add(key, new StoredObject(NewId(), content, etag, type, DateTimeOffset.UtcNow, headers));
        }
    }

    internal void Delete(string key, string? versionId)
    {
        lock (Gate)
        {
            if (!Objects.TryGetValue(key, out var versions))
                return;
            if (versionId is not null)
                versions.RemoveAll(version => version.VersionId == versionId);
            else if (Versioning)
                Add(
                    key,
                    new StoredObject(NewId(), null, string.Empty, string.Empty, DateTimeOffset.UtcNow, new Dictionary<string, string>())
                );
            else
                versions.Clear();
            if (versions.Count == 0)
                Objects.Remove(key);
        }
    }

    private StoredObject Add(string key, StoredObject stored)
    {
        if (!Objects.TryGetValue(key, out var versions))
            Objects[key] = versions = [];
        if (!Versioning)
            versions.Clear();
        versions.Add(stored);
        return stored;
    }

    private string NewId() => Versioning ? $"CAEQ{++_next:x8}" : "null";
}
