using System.Globalization;
using Kops.Cli.CommandLine;
using Kops.StateStore.Transfer;

namespace Kops.Cli.Commands.State;

/// <summary>
/// Shows on stderr how far a transfer is: on a terminal one line that is written over, with bytes, files, rate and time left; elsewhere a
/// plain
/// line now and then, for logs.
/// </summary>
internal sealed class TransferDisplay : IAsyncDisposable
{
    private const int BarWidth = 20;
    private const int SmallestBar = 5;
    private static readonly TimeSpan OnTerminal = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan InLog = TimeSpan.FromSeconds(10);
    private readonly Invocation _run;
    private readonly TransferMeter _meter;
    private readonly string _verb;
    private readonly bool _isTerminal;
    private readonly long _start;
    private readonly CancellationTokenSource _end = new();
    private readonly Task _showing;
    private bool _hasLine;

    public TransferDisplay(Invocation run, TransferMeter meter, string verb)
    {
        (_run, _meter, _verb) = (run, meter, verb);
        _isTerminal = run.Host.Console.IsErrorTerminal;
        _start = run.Host.Time.GetTimestamp();
        _showing = ShowAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _showing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_hasLine)
            _run.Host.Console.Error.Write("\r\e[K");
        _end.Dispose();
    }

    /// <summary>One line on how far it is.</summary>
    /// <param name="meter">How far it is.</param>
    /// <param name="verb">What is done.</param>
    /// <param name="elapsed">Since when.</param>
    /// <param name="hasBar">Whether there is a bar.</param>
    /// <param name="width">How wide the line may be; 0 for any. The bar makes room for the figures.</param>
    internal static string Line(TransferMeter meter, string verb, TimeSpan elapsed, bool hasBar, int width = 0)
    {
        var (doneFiles, doneBytes) = (meter.Copied + meter.Unchanged, meter.CopiedBytes + meter.UnchangedBytes);
        var rate = elapsed > TimeSpan.Zero ? meter.CopiedBytes / elapsed.TotalSeconds : 0;
        var total = meter.IsListed ? string.Empty : "+";
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{doneFiles}/{meter.Seen}{total} files, {Sizes.Text(doneBytes)} of {Sizes.Text(meter.SeenBytes)}{total}, {Sizes.Text(rate)}/s"
        );
        var left = meter.IsListed && rate > 0 ? TimeSpan.FromSeconds((meter.SeenBytes - doneBytes) / rate) : (TimeSpan?)null;
        if (left is { } time && time < TimeSpan.FromDays(1))
            text = $"{text}, {time:h\\:mm\\:ss} left";
        var line =
            $"{verb} {(hasBar ? Bar(meter, doneBytes, width > 0 ? width - verb.Length - text.Length - 4 : BarWidth) : string.Empty)}{text}";
        return width > 0 && line.Length > width ? line[..width] : line;
    }

    private static string Bar(TransferMeter meter, long doneBytes, int room)
    {
        var length = Math.Min(room, BarWidth);
        if (length < SmallestBar)
            return string.Empty;

        // How much of an unknown whole is done nobody knows.
        var share = meter.SeenBytes > 0 ? Math.Min(1, (double)doneBytes / meter.SeenBytes) : 0;
        return $"[{(meter.IsListed ? new string('#', (int)(share * length)).PadRight(length) : new string('.', length))}] ";
    }

    private async Task ShowAsync()
    {
        while (true)
        {
            await Task.Delay(_isTerminal ? OnTerminal : InLog, _run.Host.Time, _end.Token);

            // A line that is longer than the terminal is wide could not be written over.
            var line = Line(
                _meter,
                _verb,
                _run.Host.Time.GetElapsedTime(_start),
                _isTerminal,
                _isTerminal ? Math.Max(0, _run.Host.Console.ErrorWidth() - 1) : 0
            );
            if (_isTerminal)
            {
                _hasLine = true;
                _run.Host.Console.Error.Write($"\r\e[K{line}");
            }
            else
            {
                _run.Host.Console.Error.WriteLine(line);
            }
        }
    }
}
