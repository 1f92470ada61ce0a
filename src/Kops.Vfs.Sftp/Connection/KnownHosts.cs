using System.IO.Enumeration;
using System.Security.Cryptography;
using System.Text;

namespace Kops.Vfs.Sftp.Connection;

/// <summary>The keys by which a host is known.</summary>
/// <remarks>Source: sshd(8), "SSH_KNOWN_HOSTS FILE FORMAT". Authorities that sign the keys of hosts (<c>@cert-authority</c>) are passed
/// over.</remarks>
internal sealed class KnownHosts
{
    private readonly List<KnownHostKey> _keys;

    private KnownHosts(string files, string name, List<KnownHostKey> keys) => (Files, Name, _keys) = (files, name, keys);

    /// <summary>The files, for messages.</summary>
    internal string Files { get; }

    /// <summary>What the host is called there.</summary>
    internal string Name { get; }

    /// <summary>The kinds of its keys that are known: <c>ssh-ed25519</c>, <c>ssh-rsa</c>.</summary>
    internal IEnumerable<string> Kinds => _keys.Where(key => !key.IsRevoked).Select(key => key.Kind).Distinct();

    /// <summary>Reads what files say of a host.</summary>
    internal static KnownHosts Read(string files, string host, int port)
    {
        var name = port == 22 ? host : $"[{host}]:{port}";
        var keys = new List<KnownHostKey>();
        foreach (var file in files.Split(':', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!File.Exists(file))
                continue;
            var number = 0;
            foreach (var line in Lines(file))
            {
                number++;
                if (Parse(line, name, $"{file}:{number}") is { } key)
                    keys.Add(key);
            }
        }

        return new KnownHosts(files.Split(':')[0], name, keys);
    }

    /// <summary>The known key of the same kind that a host's key must be; null where none of that kind is known.</summary>
    internal KnownHostKey? Find(string kind) => _keys.Find(key => key.Kind == kind && !key.IsRevoked);

    /// <summary>Whether one of the known keys is this one, and none of those that are revoked.</summary>
    internal bool Knows(ReadOnlySpan<byte> key)
    {
        var known = false;
        foreach (var each in _keys)
        {
            if (!key.SequenceEqual(each.Bytes))
                continue;
            if (each.IsRevoked)
                return false;
            known = true;
        }

        return known;
    }

    /// <summary>The fingerprint of a key as ssh shows it.</summary>
    internal static string Fingerprint(ReadOnlySpan<byte> key) => "SHA256:" + Convert.ToBase64String(SHA256.HashData(key)).TrimEnd('=');

    private static string[] Lines(string file)
    {
        try
        {
            return File.ReadAllLines(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreException(
                StoreErrorKind.InvalidArgument,
                "open",
                file,
                "the keys of known hosts cannot be read; give this user access to them",
                false,
                e
            );
        }
    }

    private static KnownHostKey? Parse(string line, string name, string place)
    {
        var words = line.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0 || words[0].StartsWith('#'))
            return null;
        var marker = words[0].StartsWith('@') ? words[0] : null;
        if (words[(marker is null ? 0 : 1)..] is not [var hosts, var kind, var text, ..] || marker is not (null or "@revoked"))
            return null;
        var bytes = new byte[text.Length];
        return Matches(hosts, name) && Convert.TryFromBase64String(text, bytes, out var length)
            ? new KnownHostKey(kind, bytes[..length], place, marker is not null)
            : null;
    }

    private static bool Matches(string hosts, string name)
    {
        if (hosts.StartsWith("|1|", StringComparison.Ordinal))
            return IsHashOf(hosts, name);
        var matches = false;
        foreach (var pattern in hosts.Split(','))
        {
            var negated = pattern.StartsWith('!');
            if (!FileSystemName.MatchesSimpleExpression(negated ? pattern.AsSpan(1) : pattern, name))
                continue;
            if (negated)
                return false;
            matches = true;
        }

        return matches;
    }

    private static bool IsHashOf(string hashed, string name)
    {
        if (hashed.Split('|') is not ["", "1", var salt, var hash])
            return false;
#pragma warning disable CA5350 // The form of the file is given; the hash hides names, and nothing is trusted by it.
        try
        {
            return HMACSHA1
                .HashData(Convert.FromBase64String(salt), Encoding.UTF8.GetBytes(name))
                .AsSpan()
                .SequenceEqual(Convert.FromBase64String(hash));
        }
        catch (FormatException)
        {
            return false;
        }
#pragma warning restore CA5350
    }
}
