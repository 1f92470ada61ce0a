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
        LeaveTerminalAlone(terminal);
        var isPlain = !string.IsNullOrEmpty(noColor) || terminal == "dumb" || Console.IsOutputRedirected;
        return new SystemConsole(
            new KopsConsole(
                new LazyReader(() => new StreamReader(Console.OpenStandardInput(), Utf8)),
                new StreamWriter(Output(), Utf8, bufferSize: 4 * 1024),
                // Stores tell of things while a transfer shows how far it is.
                TextWriter.Synchronized(new StreamWriter(ErrorStream.Open(), Utf8, bufferSize: 256) { AutoFlush = true })
            )
            {
                IsInputTerminal = !Console.IsInputRedirected,
                OpenBytes = Output,
                IsErrorTerminal = terminal != "dumb" && !Console.IsErrorRedirected,
                ErrorWidth = Width,
                IsOutputTerminal = !Console.IsOutputRedirected,
                OutputWidth = () => Console.IsOutputRedirected ? 80 : Math.Clamp(Width() is > 0 and var width ? width : 80, 60, 140),
                HasColor = !isPlain,
            }
        );
    }

    /// <summary>
    /// Lets .NET set up its console without knowing the terminal: it would switch the keypad to application mode, for reading keys, which
    /// nobody does here.
    /// </summary>
    private static void LeaveTerminalAlone(string? terminal)
    {
        if (OperatingSystem.IsWindows())
            return;
        Environment.SetEnvironmentVariable("TERM", null);
        try
        {
            // The first write does it.
            using var output = Output();
            output.Write([]);
        }
        catch (Exception closed) when (closed is UnauthorizedAccessException or IOException)
        {
            // Whoever writes something will see.
        }
        finally
        {
            Environment.SetEnvironmentVariable("TERM", terminal);
        }
    }

    private static int Width()
    {
        try
        {
            return Console.WindowWidth;
        }
        catch (IOException)
        {
            return 0;
        }
    }

    /// <summary>Standard output; where it was closed before we began, one that fails as it is written to.</summary>
    private static Stream Output()
    {
        try
        {
            return Console.OpenStandardOutput();
        }
        catch (Exception closed) when (closed is UnauthorizedAccessException or IOException)
        {
            return new ClosedStream();
        }
    }

    public void Dispose()
    {
        try
        {
            Streams.Out.Dispose();
            Streams.Error.Dispose();
        }
        catch (Exception unwritten) when (unwritten is IOException or UnauthorizedAccessException)
        {
            // Whoever read our output has gone (kops get ... | head): there is nobody left to tell.
        }
    }
}
