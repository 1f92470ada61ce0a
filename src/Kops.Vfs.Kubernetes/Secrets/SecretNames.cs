using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Kops.Vfs.Kubernetes.Secrets;

/// <summary>
/// Names and labels of the Secrets that hold objects. Names keep the order of keys, since the API server lists by name and pages must come
/// in order: a key's bytes in base32 of the alphabet that sorts ("base32hex" of RFC 4648). Of a longer key the name holds the
/// beginning and a hash; keys that begin alike are sorted by whoever lists.
/// </summary>
internal static class SecretNames
{
    internal const string Label = "store.kops.k8s.io/";
    internal const string Role = Label + "role";
    internal const string RoleObject = "object";
    internal const string RolePart = "part";
    internal const string Set = Label + "set";
    internal const string Owner = Label + "owner";
    internal const string PathAnnotation = Label + "path";
    internal const string SizeAnnotation = Label + "size";
    internal const string ModifiedAnnotation = Label + "modified";
    internal const string WriteAnnotation = Label + "write";
    internal const string PartsAnnotation = Label + "parts";

    /// <summary>Bytes of a key that its name holds; a multiple of 5, which is 8 digits.</summary>
    private const int Spelled = 120;
    private const string Digits = "0123456789abcdefghijklmnopqrstuv";

    /// <summary>The name of the Secret at a key.</summary>
    internal static string Of(string key)
    {
        var bytes = Encoding.UTF8.GetBytes(key);
        return bytes.Length <= Spelled ? $"kops-{Encode(bytes)}" : $"kops-{Encode(bytes.AsSpan(0, Spelled))}-{Hash(key)}";
    }

    /// <summary>What the names of keys begin with that may not be in the keys' order; null where the name spells the whole key.</summary>
    internal static string? Run(string name) => name.LastIndexOf('-') is var end && end > "kops-".Length ? name[..end] : null;

    /// <summary>The name of a part of a long object.</summary>
    internal static string Part(string set, int index) => string.Create(CultureInfo.InvariantCulture, $"kops-part-{set}-{index:d5}");

    /// <summary>A hash that can be a label's value.</summary>
    internal static string Hash(string text) => Encode(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 20));

    /// <summary>One label for each "directory" that a key lies in, by which a prefix is listed.</summary>
    internal static IEnumerable<(string Name, string Value)> Directories(string key)
    {
        var depth = 0;
        for (var slash = key.IndexOf('/'); slash >= 0; slash = key.IndexOf('/', slash + 1))
            yield return Directory(key[..(slash + 1)], ++depth);
    }

    /// <summary>Selects what a listing of a prefix lists.</summary>
    internal static string Selector(string prefix)
    {
        if (prefix.Length == 0)
            return $"{Role}={RoleObject}";
        var (name, value) = Directory(prefix, prefix.Count(c => c == '/'));
        return $"{Role}={RoleObject},{name}={value}";
    }

    private static (string Name, string Value) Directory(string prefix, int depth) =>
        (string.Create(CultureInfo.InvariantCulture, $"{Label}in-{depth}"), Hash(prefix));

    private static string Encode(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(((bytes.Length * 8) + 4) / 5);
        int bits = 0,
            count = 0;
        foreach (var value in bytes)
        {
            (bits, count) = (((bits << 8) | value) & 0xffff, count + 8);
            for (; count >= 5; count -= 5)
                text.Append(Digits[(bits >> (count - 5)) & 31]);
        }

        return (count > 0 ? text.Append(Digits[(bits << (5 - count)) & 31]) : text).ToString();
    }
}
