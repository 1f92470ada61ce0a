namespace Kops.Cli.CommandLine;

/// <summary>Breaks texts and command lines into lines of a width.</summary>
internal static class Wrapping
{
    private const string Further = "    ";

    /// <summary>
    /// The lines of a text. Paragraphs stand apart by an empty line and are filled anew; a word that is longer than a line is broken behind
    /// its bars and commas, else it stays whole.
    /// </summary>
    public static IEnumerable<string> Lines(string text, int width)
    {
        foreach (var (index, paragraph) in text.Split("\n\n").Index())
        {
            if (index > 0)
                yield return string.Empty;
            foreach (var line in Fill(paragraph.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries), width))
                yield return line;
        }
    }

    /// <summary>The lines of a command line, which a shell reads as one: broken between words, outside of quotes.</summary>
    public static IEnumerable<string> Command(string command, int width)
    {
        if (command.Length <= width || command.Contains('\n', StringComparison.Ordinal))
            return command.Split('\n');
        var lines = new List<string>();
        var line = string.Empty;
        foreach (var word in Words(command))
        {
            var longer = line.Length == 0 ? word : $"{line} {word}";
            if (longer.Length > width - 2 && line.Trim().Length > 0)
            {
                lines.Add($"{line} \\");
                longer = Further + word;
            }

            line = longer;
        }

        return [.. lines, line];
    }

    private static IEnumerable<string> Fill(IEnumerable<string> words, int width)
    {
        var line = string.Empty;
        foreach (var piece in words.SelectMany(word => Pieces(word, width)))
        {
            var longer = line.Length == 0 || piece.IsJoined ? line + piece.Text : $"{line} {piece.Text}";
            if (longer.Length > width && line.Length > 0)
            {
                yield return line;
                longer = piece.Text;
            }

            line = longer;
        }

        if (line.Length > 0)
            yield return line;
    }

    private static List<(string Text, bool IsJoined)> Pieces(string word, int width)
    {
        if (word.Length <= width)
            return [(word, false)];
        var pieces = new List<(string, bool)>();
        for (var start = 0; start < word.Length; )
        {
            var end = word.AsSpan(start).IndexOfAny('|', ',') is var at and >= 0 ? start + at + 1 : word.Length;
            pieces.Add((word[start..end], start > 0));
            start = end;
        }

        return pieces;
    }

    /// <summary>Its words, quoted texts whole.</summary>
    private static IEnumerable<string> Words(string command)
    {
        var start = 0;
        var quote = '\0';
        for (var i = 0; i < command.Length; i++)
        {
            if (quote != '\0')
            {
                if (command[i] == quote)
                    quote = '\0';
            }
            else if (command[i] is '\'' or '"')
                quote = command[i];
            else if (command[i] == ' ')
            {
                yield return command[start..i];
                start = i + 1;
            }
        }

        yield return command[start..];
    }
}
