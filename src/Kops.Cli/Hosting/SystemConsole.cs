using System.Text;

namespace Kops.Cli.Hosting;

/// <summary>The process's own streams, UTF-8 and buffered: many rows of a table are one write.</summary>
internal sealed class SystemConsole : IDisposable
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private SystemConsole(KopsConsole streams) => Streams = streams;

    public KopsConsole Streams { get; }

    public static SystemConsole Open(string? noColor, string? terminal)
    {
        var isPlain = !string.IsNullOrEmpty(noColor) || terminal == "dumb" || Console.IsOutputRedirected;
        return new SystemConsole(new KopsConsole(
            new LazyReader(() => new StreamReader(Console.OpenStandardInput(), Utf8)),
            new StreamWriter(Console.OpenStandardOutput(), Utf8, bufferSize: 4 * 1024),
            new StreamWriter(Console.OpenStandardError(), Utf8, bufferSize: 256) { AutoFlush = true })
        {
            IsInputTerminal = !Console.IsInputRedirected,
            OpenBytes = Console.OpenStandardOutput,
            IsErrorTerminal = terminal != "dumb" && !Console.IsErrorRedirected,
            HasColor = !isPlain,
        });
    }

    public void Dispose()
    {
        try
        {
            Streams.Out.Dispose();
            Streams.Error.Dispose();
        }
        catch (IOException)
        {
            // Whoever read our output has gone (kops get ... | head): there is nobody left to tell.
        }
    }
}
