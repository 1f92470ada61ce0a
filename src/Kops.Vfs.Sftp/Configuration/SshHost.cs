namespace Kops.Vfs.Sftp.Configuration;

/// <summary>What the configuration of ssh says of one host, in the order in which it says it: of most keywords the first counts.</summary>
/// <param name="Name">The host as the user wrote it.</param>
/// <param name="Values">Keywords and values.</param>
internal sealed record SshHost(string Name, IReadOnlyList<(string Keyword, string Value)> Values)
{
    /// <summary>The value of a keyword; null for none.</summary>
    internal string? Get(string keyword) => All(keyword).FirstOrDefault();

    /// <summary>All values of a keyword.</summary>
    internal IEnumerable<string> All(string keyword) =>
        Values.Where(value => value.Keyword.Equals(keyword, StringComparison.OrdinalIgnoreCase)).Select(value => value.Value);

    /// <summary>Puts in what stands for something else.</summary>
    /// <remarks>Source: ssh_config(5), "TOKENS"; those that a file's name or a host's can hold.</remarks>
    internal string Expand(string text, string? home, string user)
    {
        if (text.StartsWith("~/", StringComparison.Ordinal) && home is not null)
            text = Path.Combine(home, text[2..]);
        return text.Replace("%%", "\0", StringComparison.Ordinal)
            .Replace("%d", home, StringComparison.Ordinal)
            .Replace("%h", text == Get("HostName") ? Name : Get("HostName") ?? Name, StringComparison.Ordinal)
            .Replace("%n", Name, StringComparison.Ordinal)
            .Replace("%p", Get("Port") ?? "22", StringComparison.Ordinal)
            .Replace("%r", user, StringComparison.Ordinal)
            .Replace("%u", Environment.UserName, StringComparison.Ordinal)
            .Replace("\0", "%", StringComparison.Ordinal);
    }
}
