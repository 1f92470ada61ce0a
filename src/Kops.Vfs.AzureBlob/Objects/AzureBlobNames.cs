using System.Text;

namespace Kops.Vfs.AzureBlob.Objects;

/// <summary>Which names the service can have.</summary>
/// <remarks>
/// Source: Microsoft's REST reference, "Naming and referencing containers, blobs, and metadata". The service reads a backslash as a slash,
/// and cuts dots off the ends of segments, so an object with such a name would be another one.
/// </remarks>
internal static class AzureBlobNames
{
    internal const int MaxKeyBytes = 1024;
    private const int MaxSegments = 254;

    /// <summary>Control characters and the backslash.</summary>
    internal static string ForbiddenCharacters { get; } =
        string.Concat(Enumerable.Range(0, 0xA0).Where(c => char.IsControl((char)c)).Select(c => (char)c)) + "\\\ufffe\uffff";

    internal static string? AccountProblem(string account) =>
        account.Length is >= 3 and <= 24 && account.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c))
            ? null
            : $"'{account}' is not a storage account name, which has 3 to 24 lower-case letters and digits; write "
                + $"azureblob://ACCOUNT/CONTAINER/key";

    internal static string? ContainerProblem(string container)
    {
        if (container.Length == 0)
            return "it names no container; write azureblob://ACCOUNT/CONTAINER/key";
        if (container is "$root" or "$web" or "$logs")
            return null;
        return
            container.Length is >= 3 and <= 63
            && container.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-')
            && container[0] != '-'
            && container[^1] != '-'
            && !container.Contains("--", StringComparison.Ordinal)
            ? null
            : $"'{container}' is not a container name, which has 3 to 63 lower-case letters, digits and single '-' between them";
    }

    /// <summary>Why no object can have a key; null where one can.</summary>
    internal static string? KeyProblem(string key)
    {
        if (key.AsSpan().IndexOfAny(ForbiddenCharacters) is var at and >= 0)
            return $"the key holds {(key[at] == '\\' ? "a backslash" : $"the character U+{(int)key[at]:X4}")}, which Azure does not "
                + $"keep in names";
        if (Encoding.UTF8.GetByteCount(key) > MaxKeyBytes)
            return $"the key is longer than {MaxKeyBytes} bytes";
        if (key.EndsWith('.') || key.Contains("./", StringComparison.Ordinal))
            return "the key has a segment that ends with a dot, which Azure cuts off";
        return key.AsSpan().Count('/') >= MaxSegments ? $"the key has more than {MaxSegments} segments" : null;
    }
}
