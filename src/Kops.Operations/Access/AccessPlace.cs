using Kops.Model.Flags;

namespace Kops.Operations.Access;

/// <summary>Where files stand: a directory, or with <see cref="IsFile"/> one file.</summary>
/// <param name="Scheme">The scheme of the store.</param>
/// <param name="Bucket">The bucket; with Azure <c>account/container</c>, with Kubernetes the namespace.</param>
/// <param name="Key">The directory's key, without a slash at its end; empty for all of the bucket.</param>
/// <param name="IsFile">Whether the key is that of one file.</param>
public sealed record AccessPlace(string Scheme, string Bucket, string Key, bool IsFile = false)
{
    /// <summary>The pattern of the keys there, <c>*</c> standing for anything.</summary>
    public string Pattern =>
        IsFile ? Key
        : Key.Length == 0 ? "*"
        : Key + "/*";

    /// <summary>The place of an address such as <c>s3://bucket/directory</c>.</summary>
    /// <exception cref="InvalidFlagException">It has no scheme or no bucket.</exception>
    public static AccessPlace Of(string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        var parts = address.Split("://", 2);
        if (parts.Length < 2 || parts[0] is "file" or "memfs" || parts[1].Length == 0)
            throw new InvalidFlagException(
                "state",
                $"there are no policies for {address}: rights are given on a bucket, such as s3://bucket; name one with --state"
            );
        if (parts[0] is "k8s")
            return OfNamespace(address, parts[1]);
        var names = parts[1].Trim('/').Split('/', parts[0] is "azureblob" ? 3 : 2);
        if (parts[0] is not "azureblob")
            return new(parts[0], names[0], names.Length > 1 ? names[1] : string.Empty);
        return names.Length < 2
            ? throw new InvalidFlagException("state", $"{address} names no container: write azureblob://ACCOUNT/CONTAINER")
            : new(parts[0], $"{names[0]}/{names[1]}", names.Length > 2 ? names[2] : string.Empty);
    }

    /// <summary>Of <c>CONTEXT/NAMESPACE/PATH</c>: roles belong to a namespace, by whatever context it is reached.</summary>
    private static AccessPlace OfNamespace(string address, string rest)
    {
        var names = rest.TrimEnd('/').Split('/', 3);
        return names.Length < 2 || names[1].Length == 0
            ? throw new InvalidFlagException("state", $"{address} names no namespace: write k8s://CONTEXT/NAMESPACE")
            : new("k8s", names[1], names.Length > 2 ? names[2] : string.Empty);
    }

    /// <summary>A place below this one.</summary>
    public AccessPlace Below(string relative, bool isFile = false) =>
        this with
        {
            Key = Key.Length == 0 ? relative : $"{Key}/{relative}",
            IsFile = isFile,
        };

    /// <summary>Whether all that stands there stands here.</summary>
    public bool Holds(AccessPlace other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Scheme == other.Scheme
            && Bucket == other.Bucket
            && (
                this == other
                || (!IsFile && (Key.Length == 0 || Key == other.Key || other.Key.StartsWith(Key + "/", StringComparison.Ordinal)))
            );
    }
}
