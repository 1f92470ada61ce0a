using System.Text.RegularExpressions;
using Xunit;

namespace Kops.Cli.Tests.Hostile;

/// <summary>
/// What somebody may leave in a store, an archive or a directory to harm whoever works with it. The program names it in one line of error,
/// in little memory; nothing outside of the cluster is touched, and nobody else's cluster is affected.
/// </summary>
public sealed partial class HostileInputTests(HostileStore store) : IClassFixture<HostileStore>
{
    private const long MaxMemory = 300 << 20;

    private static readonly HostileInput[] All =
    [
        .. PlantedRecords.All,
        .. PlantedMoves.All,
        .. HostileBundles.All,
        .. HostileDirectories.All,
        .. HostileKeysets.All,
        .. PlantedHistories.All,
    ];

    public static TheoryData<string> Names() => [.. All.Select(input => input.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task It_is_named_in_one_line_and_harms_nobody(string name)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "links, pipes and memory are looked at as on Linux");
        var input = All.Single(input => input.Name == name);
        store.Restore();
        input.Leave(store);

        var (run, memory) = input.IsEndless ? await store.RunAsync(input.Command) : (await store.RunHereAsync(input.Command), 0);

        var said = $"{run.ExitCode}: {run.Error}{run.Out}";
        Assert.True(run.ExitCode is 1 or 2 or 3 or 4 || (run.ExitCode == 0 && input.Tells is null), said);
        Assert.True(Errors().Count(run.Error) == (run.ExitCode == 0 ? 0 : 1), said);
        Assert.Contains(input.Tells ?? string.Empty, run.Error, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"[\x00-\x08\x0b-\x1f\x7f-\x9f]|(?m)^ +at \w+\.|Exception", run.Error + run.Out);
        Assert.InRange(memory, 0, MaxMemory);
        await store.CheckOthersAsync();
        store.CheckTakenAlong();
    }

    [Fact]
    public async Task Whoever_reads_goes_on_beside_a_record_that_is_none()
    {
        foreach (var input in PlantedRecords.All)
        {
            store.Restore();
            input.Leave(store);

            var (run, memory) = input.IsEndless ? await store.RunAsync("get clusters") : (await store.RunHereAsync("get clusters"), 0);

            Assert.True(run.ExitCode == 0, $"{input.Name}: {run.Error}");
            Assert.Contains(HostileStore.Cluster, run.Out, StringComparison.Ordinal);
            Assert.InRange(memory, 0, MaxMemory);
        }
    }

    [GeneratedRegex("(?m)^Error: ")]
    private static partial Regex Errors();
}
