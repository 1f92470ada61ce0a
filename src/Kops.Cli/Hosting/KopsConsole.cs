namespace Kops.Cli.Hosting;

/// <summary>What a command reads and writes. Tests hand in their own.</summary>
/// <param name="In">What is piped in.</param>
/// <param name="Out">What was asked for, and nothing else.</param>
/// <param name="Error">Progress, warnings, errors.</param>
internal sealed record KopsConsole(TextReader In, TextWriter Out, TextWriter Error)
{
    /// <summary>Whether standard input is a person.</summary>
    public bool IsInputTerminal { get; init; }

    /// <summary>Whether standard output shows colours: a terminal, and the user did not say <c>NO_COLOR</c>.</summary>
    public bool HasColor { get; init; }
}
