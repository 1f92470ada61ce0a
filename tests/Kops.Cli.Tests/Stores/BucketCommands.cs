using System.Text.RegularExpressions;
using Kops.Cli.Tests.Support;
using Xunit;

namespace Kops.Cli.Tests.Stores;

/// <summary>What users can do besides with a store that is a bucket, or the like of one: make it, and set it up as it should be.</summary>
public abstract partial class BucketCommands : StoreCommands
{
    /// <summary>What becomes of each setting when this store is made and hardened.</summary>
    protected abstract string Hardened { get; }

    [Fact]
    public async Task A_store_is_made_and_hardened_and_a_second_run_changes_nothing()
    {
        var store = await CreateAsync();
        var fresh = store with { Address = store.Address + "-new" };
        var command = $"state init {fresh.Address} --project demo -o json";
        var plan = await RunAsync(fresh, command);
        Assert.True(plan.ExitCode == 0, plan.Error + plan.Out);
        Assert.StartsWith("wouldSet", Outcomes(plan), StringComparison.Ordinal);

        var made = await RunAsync(fresh, command + " --yes");
        Assert.True(made.ExitCode == 0, made.Error + made.Out);
        Assert.StartsWith("set", Outcomes(made), StringComparison.Ordinal);
        Assert.DoesNotContain("wouldSet", Outcomes(made), StringComparison.Ordinal);

        var again = await RunAsync(fresh, command + " --yes");
        Assert.Equal((0, Outcomes(made).Replace("set", "has", StringComparison.Ordinal)), (again.ExitCode, Outcomes(again)));
        Assert.Equal(Hardened, Outcomes(made));
        Assert.Equal(0, (await RunAsync(fresh, $"create cluster {Cluster} --cloud aws --zones us-east-1a")).ExitCode);
        Assert.Equal(0, (await RunAsync(fresh, $"edit cluster {Cluster} --set spec.kubernetesVersion=1.33.1")).ExitCode);
        Assert.Contains(Cluster, (await RunAsync(fresh, "get clusters")).Out, StringComparison.Ordinal);

        static string Outcomes(KopsRun run) => string.Join(' ', Outcome().Matches(run.Out).Select(match => match.Groups["outcome"].Value));
    }

    [GeneratedRegex("\"outcome\":\"(?<outcome>[a-zA-Z]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Outcome();
}
