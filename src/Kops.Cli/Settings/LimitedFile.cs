using Kops.Cli.Hosting;

namespace Kops.Cli.Settings;

/// <summary>
/// Small files of the user's: configuration, passphrases. They may well be pipes, as shells make them, or by mistake something that never
/// ends, such as <c>/dev/zero</c>.
/// </summary>
internal static class LimitedFile
{
    private const int MaxBytes = 16 << 20;

    /// <summary>Reads it.</summary>
    /// <exception cref="CommandException">It is longer than such files are.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static byte[] Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        using var content = new MemoryStream();
        var buffer = new byte[1 << 16];
        for (int count; (count = file.Read(buffer)) > 0; )
        {
            if (content.Length + count > MaxBytes)
                throw CommandException.Failed($"{path} is longer than {MaxBytes >> 20} MiB, which no such file is; name another one");
            content.Write(buffer, 0, count);
        }

        return content.ToArray();
    }

    /// <summary>Reads the lines of one.</summary>
    /// <inheritdoc cref="Read"/>
    public static IEnumerable<string> ReadLines(string path)
    {
        using var reader = new StreamReader(new MemoryStream(Read(path)));
        var lines = new List<string>();
        while (reader.ReadLine() is { } line)
            lines.Add(line);
        return lines;
    }
}
