namespace Kops.Build.Addons.Sources;

/// <summary>The addons of a version of kOps, as they lie in its source: templates, and manifests that are complete.</summary>
public sealed class AddonSource
{
    /// <summary>Where they lie in a source of kOps.</summary>
    public const string Folder = "upup/models/cloudup/resources/addons/";

    private readonly Dictionary<string, ReadOnlyMemory<byte>> _files;

    /// <summary>Creates a source.</summary>
    /// <param name="files">The files, by their path below <see cref="Folder"/>, with <c>/</c> between its parts.</param>
    public AddonSource(IEnumerable<KeyValuePair<string, ReadOnlyMemory<byte>>> files) => _files = new(files, StringComparer.Ordinal);

    /// <summary>The paths of its files below <see cref="Folder"/>, in order.</summary>
    public IEnumerable<string> Paths => _files.Keys.Order(StringComparer.Ordinal);

    /// <summary>The content of a file.</summary>
    /// <param name="path">Its path below <see cref="Folder"/>.</param>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public ReadOnlyMemory<byte> this[string path] => _files[path];

    /// <summary>What a manifest is made from; null when the source has none of that name.</summary>
    /// <param name="manifest">Its place below <c>addons/</c>: <c>coredns.addons.k8s.io/k8s-1.12.yaml</c>.</param>
    public AddonFile? Find(string manifest)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        if (_files.TryGetValue(manifest + AddonFile.Extension, out var template))
            return new(manifest + AddonFile.Extension, template, IsTemplate: true);
        return _files.TryGetValue(manifest, out var plain) ? new(manifest, plain, IsTemplate: false) : null;
    }
}
