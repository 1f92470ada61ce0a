namespace Kops.Cli.Hosting;

/// <summary>What a command reads and writes. Tests hand in their own.</summary>
/// <param name="In">What is piped in.</param>
/// <param name="Out">What was asked for, and nothing else.</param>
/// <param name="Error">Progress, warnings, errors.</param>
internal sealed record KopsConsole(TextReader In, TextWriter Out, TextWriter Error)
{
    /// <summary>Whether standard input is a person.</summary>
    public bool IsInputTerminal { get; init; }

    /// <summary>Opens standard output for bytes that are no text of ours; null where it holds text alone.</summary>
    public Func<Stream>? OpenBytes { get; init; }

    /// <summary>Whether standard error is a person's terminal, on which a line can be written over.</summary>
    public bool IsErrorTerminal { get; init; }

    /// <summary>How many characters a line of that terminal holds; 0 where that is not known.</summary>
    public Func<int> ErrorWidth { get; init; } = () => 0;

    /// <summary>Whether standard output is a person's terminal, and no file or program.</summary>
    public bool IsOutputTerminal { get; init; }

    /// <summary>How many characters a line of standard output is to hold: as many as the terminal shows, 80 elsewhere.</summary>
    public Func<int> OutputWidth { get; init; } = () => 80;

    /// <summary>Whether standard output shows colours: a terminal, and the user did not say <c>NO_COLOR</c>.</summary>
    public bool HasColor { get; init; }

    /// <summary>Writes bytes to standard output as they are, after what was written before.</summary>
    public async Task WriteAsync(Stream content, CancellationToken cancellationToken)
    {
        await Out.FlushAsync(cancellationToken);
        if (OpenBytes is { } open)
        {
            await using var bytes = open();
            await content.CopyToAsync(bytes, cancellationToken);
            return;
        }

        using var text = new StreamReader(content, leaveOpen: true);
        await Out.WriteAsync((await text.ReadToEndAsync(cancellationToken)).AsMemory(), cancellationToken);
    }
}
