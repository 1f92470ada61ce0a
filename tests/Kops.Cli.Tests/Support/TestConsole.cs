using Kops.Cli.Hosting;

namespace Kops.Cli.Tests.Support;

/// <summary>A console whose output can be looked at.</summary>
internal sealed class TestConsole
{
    public StringWriter Out { get; } = new();

    public StringWriter Error { get; } = new();

    public KopsConsole Streams(TextReader input) => new(input, Out, Error);
}
