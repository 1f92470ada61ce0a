using System.Globalization;

namespace Kops.Cli.Stores;

/// <summary>
/// The servers that were found to honour conditions, in <c>~/.kops/probed </c>, a line for each: trying that out takes half a dozen
/// requests, too
/// many for each command. Good news lasts for a week, since a server may be exchanged; bad news is not kept, since it may be upgraded.
/// </summary>
/// <param name="home">The user's home directory; null remembers nothing.</param>
/// <param name="clock">The time.</param>
internal sealed class ProbedServers(string? home, TimeProvider clock)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    private string? File => home is { Length: > 0 } ? Path.Combine(home, ".kops", "probed") : null;

    /// <summary>Whether a server was found to honour conditions lately.</summary>
    /// <param name="server">Its address, and the store's on it.</param>
    public bool Knows(string server) => Read().Any(line => line.Server == server);

    /// <summary>Remembers a server. What cannot be written is tried out again next time.</summary>
    /// <param name="server">Its address, and the store's on it.</param>
    public void Add(string server)
    {
        if (File is not { } file)
            return;
        var lines = Read().Where(line => line.Server != server).Append((Time: clock.GetUtcNow(), Server: server));
        var fresh = $"{file}.{Guid.NewGuid():N}";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            System.IO.File.WriteAllLines(
                fresh,
                lines.Select(line => string.Create(CultureInfo.InvariantCulture, $"{line.Time:yyyy-MM-ddTHH:mm:ssZ} {line.Server}"))
            );
            System.IO.File.Move(fresh, file, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // To delete a file from a directory that could not be made would fail in its turn.
            if (System.IO.File.Exists(fresh))
                System.IO.File.Delete(fresh);
        }
    }

    private List<(DateTimeOffset Time, string Server)> Read()
    {
        var lines = new List<(DateTimeOffset, string)>();
        if (File is not { } file)
            return lines;
        try
        {
            var now = clock.GetUtcNow();
            foreach (var line in System.IO.File.ReadLines(file))
            {
                if (
                    line.Split(' ', 2) is [var time, var server]
                    && DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
                    && at <= now
                    && now - at < Lifetime
                )
                    lines.Add((at, server));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Nothing is known then.
        }

        return lines;
    }
}
