using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Kops.Cli.Tests.Races.Crowds;
using Kops.Cli.Tests.Stores;
using Kops.Cli.Tests.Support;
using Kops.StateStore.Changes;
using Kops.StateStore.Changes.Journal;
using Xunit;

namespace Kops.Cli.Tests.Races;

/// <summary>
/// Many processes at one cluster, with every command that changes one, some of them killed. A few, or as many as <c>KOPS_TEST_CROWD</c>
/// says, such as <c>12x40</c>: processes at a time, and commands of each. <c>KOPS_TEST_SEED</c> takes the seed that a run has printed.
/// </summary>
public sealed class CrowdTests(TestServers servers) : RaceTests
{
    [Theory]
    [InlineData("file", false)]
    [InlineData("file", true)]
    [InlineData("s3", false)]
    [InlineData("s3", true)]
    public async Task All_that_somebody_was_told_stands_and_nothing_of_what_was_refused(string scheme, bool moves)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "processes are killed and told apart as on Linux");
        Assert.SkipUnless(
            !moves || Environment.GetEnvironmentVariable("KOPS_TEST_CROWD") is not null,
            "a crowd with moves is run where KOPS_TEST_CROWD says how large it is, such as 12x40"
        );
        var stores = new[] { await servers.CreateStoreAsync(scheme, Desk), await servers.CreateStoreAsync(scheme, Desk) };
        var (members, steps) = Size();
        var seed = int.TryParse(Environment.GetEnvironmentVariable("KOPS_TEST_SEED"), out var given) ? given : Random.Shared.Next(100000);
        Tell($"KOPS_TEST_SEED={seed}");
        var crowd = new Crowd(stores, Describe, Desk, moves);
        CrowdMember[] all = [.. Enumerable.Range(0, members).Select(i => new CrowdMember(crowd, i, new Random(seed + i)))];
        await SetUpAsync(stores[0]);
        await LookAsync(stores[0], $"update cluster {Name} --yes");
        foreach (var member in all)
            await PrepareAsync(crowd, member, stores[0]);
        var pairs = await CountPairsAsync(stores[0]);

        var mover = new CrowdMover(crowd, new Random(seed - 1));
        await Task.WhenAll(all.Select(member => member.RunAsync(steps)).Append(moves ? mover.RunAsync(steps / 2) : Task.CompletedTask));

        Tell(crowd.Tell());
        var store = stores[mover.Store];
        foreach (var each in stores)
        {
            // What was killed last is settled by whoever changes the cluster next: one who deletes nothing.
            var next = await RunHereAsync(each, $"delete secret no-such --name {Name}");
            Assert.True(next.ExitCode is 4, next.Error);
            foreach (var member in all)
                await RunHereAsync(each, $"delete secret no-such --name {member.Twin}");
            Assert.Empty(await PendingAsync(each));
        }

        await CheckAsync(all, store, stores[0]);
        await CheckHistoryAsync(all, stores);
        Assert.InRange(
            await CountPairsAsync(store) - pairs,
            all.Sum(member => member.Pairs.Certain),
            all.Sum(member => member.Pairs.Certain + member.Pairs.Perhaps)
        );
    }

    private static (int Members, int Steps) Size() =>
        Environment.GetEnvironmentVariable("KOPS_TEST_CROWD")?.Split('x') is [var members, var steps]
            ? (int.Parse(members, CultureInfo.InvariantCulture), int.Parse(steps, CultureInfo.InvariantCulture))
            : (3, 6);

    /// <summary>Makes what a member imports, and the key that it adds.</summary>
    private async Task PrepareAsync(Crowd crowd, CrowdMember member, StoreAtHand store)
    {
        byte[] key = [0, 0, 0, 11, .. "ssh-ed25519"u8, 0, 0, 0, 32, .. SHA256.HashData(Encoding.UTF8.GetBytes(member.Own))];
        Desk.Write(member.Own + ".pub", $"ssh-ed25519 {Convert.ToBase64String(key)} {member.Own}\n");
        await LookAsync(store, $"create cluster {member.Twin} --cloud aws --zones us-east-1a");
        await LookAsync(store, $"update cluster {member.Twin} --yes");
        await LookAsync(store, $"state export {member.Twin} -o {crowd.BundleOf(member.Twin)}");
        await LookAsync(store, $"delete cluster {member.Twin} --unregister --yes");
    }

    private async Task CheckAsync(IReadOnlyList<CrowdMember> members, StoreAtHand store, StoreAtHand first)
    {
        var state = (await WithStateAsync(store, async state => await state.ReadAsync(Name, Token)))!;
        // Where all have moved or were deleted, none is found.
        var listed = await RunHereAsync(first, "get clusters");
        Assert.True(listed.ExitCode is 0 or 4, listed.Error);
        var clusters = listed.Out.Split('\n').Select(line => line.Split(['\t', ' '])[0]).ToHashSet();
        var files = await LookAsync(store, $"state ls --recursive {store.Address}/{Name}");
        var keys = files.Split('\n').Count(line => line.Contains("pki/ssh/public/admin/", StringComparison.Ordinal));
        var added = members.Where(member => member.Ssh is { IsCertain: true, Value: not Expectation.Absent });
        Assert.InRange(keys, added.Count(), added.Count() + members.Count(member => !member.Ssh.IsCertain));
        foreach (var member in members)
        {
            var group = state.InstanceGroups.SingleOrDefault(group => group.Name == member.Own)?.Value.Spec.MaxSize;
            member.Group.Check(Text(group));
            member.Label.Check(state.Cluster.Value.Spec.CloudLabels?.GetValueOrDefault(member.Own) ?? Expectation.Absent);
            member.Twins.Check(clusters.Contains(member.Twin) ? "there" : Expectation.Absent);
            if (member.Secret is not { } secret)
                continue;
            var isThere = files.Contains($"secrets/{secret}\n", StringComparison.Ordinal);
            member.Value.Check(isThere ? await SecretAsync(store, secret) : Expectation.Absent);
        }
    }

    /// <summary>Each edit that was acknowledged is recorded as done, once; none that was refused is.</summary>
    private async Task CheckHistoryAsync(IReadOnlyList<CrowdMember> members, IReadOnlyList<StoreAtHand> stores)
    {
        var records = new Dictionary<string, ChangeRecord>(StringComparer.Ordinal);
        foreach (var store in stores)
        {
            foreach (var record in await HistoryAsync(store, Name))
                records[record.Name] = record;
        }

        var applied = records
            .Values.Where(record => record.Outcome is ChangeOutcome.Applied)
            .ToLookup(record => record.Title.Split("--set=")[^1].Split(' ')[0], StringComparer.Ordinal);
        foreach (var member in members)
        {
            Assert.All(member.Acknowledged, title => Assert.Single(applied[title]));
            Assert.All(member.Refused, title => Assert.Empty(applied[title]));
        }
    }

    private async Task<int> CountPairsAsync(StoreAtHand store) =>
        (await LookAsync(store, $"state cat {store.Address}/{Name}/pki/private/kubernetes-ca/keyset.yaml"))
            .Split('\n')
            .Count(line => line.StartsWith("  - id:", StringComparison.Ordinal));

    private async Task<string> SecretAsync(StoreAtHand store, string name)
    {
        var data = (string?)JsonNode.Parse(await LookAsync(store, $"state cat {store.Address}/{Name}/secrets/{name}"))!["Data"];
        return (string)JsonNode.Parse(Convert.FromBase64String(data!))!["kind"]!;
    }

    /// <summary>Runs a command that races with nobody, in this process.</summary>
    private async Task<string> LookAsync(StoreAtHand store, string command)
    {
        var run = await RunHereAsync(store, command);
        Assert.True(run.ExitCode == 0, $"kops {command}: {run.Error}");
        return run.Out;
    }

    private Task<KopsRun> RunHereAsync(StoreAtHand store, string command)
    {
        foreach (var (name, value) in store.Environment)
            Desk.Environment[name] = value;
        return Desk.RunAsync([.. command.Split(' '), "--state", store.Address]);
    }

    private static string Text(int? value) => value?.ToString(CultureInfo.InvariantCulture) ?? Expectation.Absent;
}
