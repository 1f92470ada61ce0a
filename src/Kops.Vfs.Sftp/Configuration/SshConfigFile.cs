using System.IO.Enumeration;

namespace Kops.Vfs.Sftp.Configuration;

/// <summary>The configuration file of ssh: what it says of a host.</summary>
/// <remarks>Source: ssh_config(5). <c>Match </c> counts with <c>all </c> and with <c>host </c> alone; what a command decides is passed
/// over.</remarks>
internal static class SshConfigFile
{
    private const int MaxDepth = 8;

    /// <exception cref="StoreException">The file cannot be read.</exception>
    internal static SshHost Find(string file, string host)
    {
        var values = new List<(string, string)>();
        Read(file, host, values, 0);
        return new SshHost(host, values);
    }

    private static void Read(string file, string host, List<(string Keyword, string Value)> values, int depth)
    {
        var counts = true;
        foreach (var line in Lines(file))
        {
            if (Split(line) is not ({ Length: > 0 } keyword, var value))
                continue;
            if (keyword.Equals("Host", StringComparison.OrdinalIgnoreCase))
                counts = Matches(value, host);
            else if (keyword.Equals("Match", StringComparison.OrdinalIgnoreCase))
                counts =
                    value.Split(' ', 2) is ["all"]
                    || (value.Split(' ', 2) is ["host", var patterns] && Matches(patterns.Replace(',', ' '), host));
            else if (counts && keyword.Equals("Include", StringComparison.OrdinalIgnoreCase) && depth < MaxDepth)
                Include(file, value, host, values, depth);
            else if (counts)
                values.Add((keyword, value));
        }
    }

    private static void Include(string file, string patterns, string host, List<(string, string)> values, int depth)
    {
        var directory = Path.GetDirectoryName(file)!;
        foreach (var pattern in patterns.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            // Names are relative to ~/.ssh, where this file is, too.
            var full = pattern.StartsWith("~/", StringComparison.Ordinal)
                ? Path.Combine(Path.GetDirectoryName(directory)!, pattern[2..])
                : Path.Combine(directory, pattern);
            if (!Directory.Exists(Path.GetDirectoryName(full)))
                continue;
            foreach (var found in Directory.GetFiles(Path.GetDirectoryName(full)!, Path.GetFileName(full)).Order(StringComparer.Ordinal))
                Read(found, host, values, depth + 1);
        }
    }

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
                "the configuration of ssh cannot be read; give this user access to it",
                false,
                e
            );
        }
    }

    private static (string Keyword, string Value) Split(string line)
    {
        var text = line.Trim();
        if (text.Length == 0 || text[0] == '#')
            return default;
        var end = text.AsSpan().IndexOfAny(" \t=");
        return end < 0
            ? default
            : (text[..end], text[end..].TrimStart(' ', '\t').TrimStart('=').Trim().Replace("\"", string.Empty, StringComparison.Ordinal));
    }

    private static bool Matches(string patterns, string host)
    {
        var matches = false;
        foreach (var pattern in patterns.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries))
        {
            var negated = pattern[0] == '!';
            if (!FileSystemName.MatchesSimpleExpression(negated ? pattern.AsSpan(1) : pattern, host))
                continue;
            if (negated)
                return false;
            matches = true;
        }

        return matches;
    }
}
