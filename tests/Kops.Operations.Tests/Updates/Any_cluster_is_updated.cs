using System.Security.Cryptography;
using System.Text;
using CsCheck;
using Kops.Api;
using Kops.Api.Validation;
using Kops.Model.Clouds;
using Kops.Model.Flags;
using Kops.Model.NewCluster;
using Kops.Model.Tests;
using Kops.Model.Tests.Goldens;
using Kops.Model.Tests.NewCluster;
using Kops.Operations.Clusters;
using Kops.StateStore;
using Kops.Vfs;
using Kops.Vfs.Memory;

namespace Kops.Operations.Tests.Updates;

/// <summary>
/// A cluster that 'create cluster' makes, whatever the flags, is updated, is valid afterwards as it was completed, and wants nothing of a
/// second update. The boot scripts of Karpenter's machines name the configuration that stands beside them.
/// </summary>
public sealed class Any_cluster_is_updated
{
    private const string Name = "any.example.com";

    // KOPS_TEST_CASES makes a long run of it.
    private static readonly int Enough = int.TryParse(Environment.GetEnvironmentVariable("KOPS_TEST_CASES"), out var cases) ? cases : 60;

    // Keys are the same for all: to make them takes longer than all else.
    private static readonly Lazy<Task<IReadOnlyDictionary<string, byte[]>>> Keys = new(MakeKeysAsync);

    [Fact]
    public Task On_AWS() =>
        FlagGen
            .NewCluster.Select(flags => flags with { SpotinstProduct = null, SpotinstOrientation = null })
            .SampleAsync(async flags => Assert.NotNull(await RunAsync(flags, TestFacts.Aws)), iter: Enough, threads: 1);

    [Fact]
    public async Task On_every_cloud()
    {
        var clouds = new HashSet<string>();

        // By its place alone on each, and with flags of which many do not go together.
        foreach (var flags in new[] { CloudFlagGen.Place, CloudFlagGen.Any })
            await flags.SampleAsync(
                async chosen =>
                {
                    if (await RunAsync(chosen, GoldenFacts.Clouds) is { } cloud)
                        clouds.Add(cloud);
                },
                iter: 2 * Enough,
                threads: 1
            );

        Assert.True(clouds.Count == 9, $"too few of the clouds had a cluster: {string.Join(", ", clouds)}");
    }

    /// <summary>The cloud; null where the flags are refused.</summary>
    private static async Task<string?> RunAsync(ClusterFlags flags, CloudFacts facts)
    {
        await using var stores = new StoreRegistry();
        var root = new Store("memfs://", new MemoryStoreDriver(TimeProvider.System)).Root;
        stores.Add("memfs", path => root.Join(path["memfs://".Length..]));
        // Where the flags say that it is.
        foreach (var scheme in new[] { "s3", "gs" })
            stores.Add(scheme, path => root.Join(path[(path.IndexOf("://", StringComparison.Ordinal) + 3)..]));
        var session = Begin(stores, facts);
        // Zones are not asked for.
        flags = flags with
        {
            DnsZone = flags.DnsZone ?? (flags.Dns is "public" or "private" ? "example.com" : null),
        };
        try
        {
            var described = await CreateCluster.DescribeAsync(session, new CreateClusterRequest(Name, flags));
            await session.ApplyAsync(CreateCluster.Plan(session, described));
        }
        catch (Exception refused) when (refused is InvalidFlagException or InvalidObjectException or OperationException)
        {
            return null;
        }

        var state = await session.ReadClusterAsync(Name);
        foreach (var (key, content) in await Keys.Value)
            await state.Layout.KeyStore.Join(key.Split('/')).WriteAsync(content, WriteCondition.Any);
        await UpdateCluster.ApplyAsync(session, await UpdateCluster.PlanAsync(session, await session.ReadClusterAsync(Name)));
        var second = await UpdateCluster.PlanAsync(session, await session.ReadClusterAsync(Name));

        Assert.True(second.IsEmpty, string.Join('\n', second.Changes.Files.Select(file => $"{file.Kind} {file.Path}")));
        state = await session.ReadClusterAsync(Name);
        var completed = Api.Codec.KopsCodec.DecodeStored<Cluster>((await state.Layout.CompletedSpec.ReadAsync())!.Bytes, "completed").Value;
        Assert.Empty(
            ClusterValidator
                .Validate(completed, [.. state.InstanceGroups.Select(group => group.Value)])
                .Select(problem => problem.ToString())
        );
        foreach (var group in state.InstanceGroups.Where(group => group.Value.Spec.Manager == "Karpenter"))
        {
            var config = (await state.Layout.NodeConfig("node", group.Name).ReadAsync())!;
            Assert.Contains(
                Convert.ToBase64String(SHA256.HashData(config.Bytes.Span)),
                (await state.Layout.NodeScript("node", group.Name).ReadTextAsync())!,
                StringComparison.Ordinal
            );
        }

        return flags.Cloud ?? "aws";
    }

    private static ClusterSession Begin(StoreRegistry stores, CloudFacts facts) =>
        new(
            new ClusterStore(stores.Resolve("memfs://state"), stores, TimeProvider.System, new("kops", "host", "a test", "kops"))
            {
                KeyBits = 1024,
            },
            TimeProvider.System,
            "a test"
        )
        {
            Knowledge = new CloudKnowledge
            {
                Facts = () => facts,
                // The hash of what nobody knows.
                ReadFile = static (_, _) => Task.FromResult<ReadOnlyMemory<byte>>(Encoding.ASCII.GetBytes(new string('a', 64))),
            },
            Features = FeatureFlags.Parse("APIServerNodes,Metal"),
        };

    private static async Task<IReadOnlyDictionary<string, byte[]>> MakeKeysAsync()
    {
        await using var cluster = await UpdatedCluster.CreateAsync();
        var place = cluster.Session.State.Root.Join(UpdatedCluster.Name, "pki");
        var keys = new Dictionary<string, byte[]>();
        await foreach (var entry in place.ListTreeAsync())
            keys[entry.Path.Key[(place.Key.Length + 1)..]] = (await entry.Path.ReadAsync())!.Bytes.ToArray();
        return keys;
    }
}
