using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;
using Kops.Cli.Tests.Stores;
using Kops.Cli.Tests.Support;
using Xunit;

namespace Kops.Cli.Tests.Races.Crowds;

/// <summary>Runs the commands of a crowd, kills some, and counts what became of each.</summary>
/// <param name="stores">The store where the cluster is, and the one that it moves to and back from.</param>
/// <param name="describe">Describes a process.</param>
/// <param name="desk">Where files lie.</param>
/// <param name="moves">Whether somebody moves the cluster.</param>
internal sealed partial class Crowd(
    IReadOnlyList<StoreAtHand> stores,
    Func<StoreAtHand, string, ProcessStartInfo> describe,
    Desk desk,
    bool moves
)
{
    private readonly ConcurrentDictionary<(string Kind, string End), int> _counts = new();
    private readonly ConcurrentDictionary<string, int> _refusals = new(StringComparer.Ordinal);

    public bool Moves => moves;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public string AddressOf(int store) => stores[store].Address;

    public string PathOf(string relative) => desk.PathOf(relative);

    public string Write(string relative, string content) => desk.Write(relative, content);

    public string BundleOf(string cluster) => desk.PathOf(cluster + ".tar");

    public string SshKeyOf(string name) => desk.PathOf(name + ".pub");

    /// <summary>Runs a command that changes nothing.</summary>
    public Task<KopsRun> LookAsync(string command, int store) => describe(stores[store], command).RunAsync();

    /// <summary>Runs a command, and kills it after a time if one is given.</summary>
    /// <param name="kind">What to count it as.</param>
    /// <param name="command">The command.</param>
    /// <param name="store">The number of the store.</param>
    /// <param name="killing">After how long to kill it.</param>
    /// <param name="again">What it says where it was done before.</param>
    public async Task<StepEnd> RunAsync(string kind, string command, int store, TimeSpan? killing, string again = "")
    {
        var (end, error) = await RunAsync(command, store, killing, again);
        _counts.AddOrUpdate((kind, end.ToString()), 1, static (_, count) => count + 1);
        if (end is not StepEnd.Done && error.Length > 0)
            _refusals.AddOrUpdate($"{kind}: {Varying().Replace(error.Trim(), "#")}", 1, static (_, count) => count + 1);
        return end;
    }

    /// <summary>What became of the commands, for people.</summary>
    public string Tell() =>
        string.Join(
            '\n',
            _counts
                .GroupBy(pair => pair.Key.Kind)
                .OrderBy(kind => kind.Key, StringComparer.Ordinal)
                .Select(kind => $"{kind.Key}: {string.Join(", ", kind.Select(pair => $"{pair.Key.End} {pair.Value}"))}")
                .Concat(_refusals.OrderByDescending(pair => pair.Value).Select(pair => $"{pair.Value} x {pair.Key}"))
        );

    private async Task<(StepEnd End, string Error)> RunAsync(string command, int store, TimeSpan? killing, string again)
    {
        using var process = Process.Start(describe(stores[store], command))!;
        var error = process.StandardError.ReadToEndAsync(Token);
        _ = process.StandardOutput.ReadToEndAsync(Token);
        var ended = process.WaitForExitAsync(Token);
        if (killing is { } time && await Task.WhenAny(ended, Task.Delay(time, Token)) != ended)
        {
            process.Kill();
            await ended;
            return (StepEnd.Unknown, string.Empty);
        }

        await ended;
        var told = await error;
        Assert.True(process.ExitCode is 0 or 1 or 3 or 4, $"kops {command}: {process.ExitCode}: {told}");
        Assert.DoesNotMatch(@"(?m)^ +at \w+\.", told);
        if (process.ExitCode == 0 || (again.Length > 0 && told.Contains(again, StringComparison.Ordinal)))
            return (StepEnd.Done, told);
        return (DoesNotKnow().IsMatch(told) ? StepEnd.Unknown : StepEnd.Refused, told);
    }

    /// <summary>How commands say that what they did may stand.</summary>
    [GeneratedRegex("of what it may have written|another process took over|may still stand|changing back what was written failed")]
    private static partial Regex DoesNotKnow();

    /// <summary>What differs between two errors of one kind.</summary>
    [GeneratedRegex("w?[0-9]+|/tmp/[^ :;]+")]
    private static partial Regex Varying();
}
