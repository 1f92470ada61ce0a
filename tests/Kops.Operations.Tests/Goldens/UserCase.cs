using Kops.Api.Validation;
using Kops.Model.Clouds;
using Kops.Model.Tests.Goldens;
using Kops.Operations.Clusters;
using Kops.Operations.Objects;
using Kops.StateStore;
using Kops.Vfs;
using Kops.Vfs.Memory;

namespace Kops.Operations.Tests.Goldens;

/// <summary>
/// A case of <c>update cluster</c> run as a user would: <c>create -f</c> of the case's file, read strictly and checked, then
/// <c>update cluster</c>. A file with fields that there are not is refused first, and taken as the message says then.
/// </summary>
internal sealed record UserCase(string Family, string Name, string File)
{
    private static readonly string[] Families = ["update_cluster", "update_file", "update_s3"];

    /// <summary>All that there are, once for each version in which a case is written.</summary>
    public static IEnumerable<UserCase> All =>
        from family in Families
        from name in GoldenCases.Of(family)
        from file in Directory.GetFiles(Path.Combine(GoldenCases.Root, family, name), "in-*.yaml").Order(StringComparer.Ordinal)
        select new UserCase(family, name, file);

    /// <summary>What kOps made of it.</summary>
    public string Expected =>
        GoldenCases.Normal(
            System.IO.File.ReadAllText(
                Directory
                    .GetFiles(Path.Combine(GoldenCases.Root, Family, Name, "store"), "cluster-completed.spec", SearchOption.AllDirectories)
                    .Single()
            )
        );

    /// <summary>The completed spec that an update would write.</summary>
    public async Task<string> CompletedAsync()
    {
        await using var stores = PlayedStores();
        var text = await System.IO.File.ReadAllBytesAsync(File);
        var session = Begin(stores, text);
        var documents = ObjectDocuments.Read(session, text, File);
        var objects = ClusterObjects.Sort(session, [.. documents.Select(document => new SourcedDocument(document, File))]).Single();
        await session.ApplyAsync(await CreateObjects.PlanAsync(session, objects, null));
        var state = await session.ReadClusterAsync(objects.ClusterName);
        var plan = await UpdateCluster.PlanAsync(session, state, new() { AllowKopsDowngrade = true });
        return GoldenCases.Normal(plan.Changes.Files.Single(file => file.Path.Name == "cluster-completed.spec").TextAfter!);
    }

    // The cases' stores are not at hand: each is played in one of memory, under the names that the case has for it.
    private ClusterSession Begin(StoreRegistry stores, ReadOnlyMemory<byte> text)
    {
        var knowledge = new CloudKnowledge { Facts = Facts };
        var strict = Open(allowUnknownFields: false);
        try
        {
            ObjectDocuments.Read(strict, text, File);
            return strict;
        }
        catch (Api.InvalidObjectException refused) when (refused.Problems.All(problem => problem.IsUnknownField))
        {
            return Open(allowUnknownFields: true);
        }

        ClusterSession Open(bool allowUnknownFields) =>
            new(
                new ClusterStore(stores.Resolve("memfs://tests"), stores, TimeProvider.System, new("kops", "host", "a golden case", "kops"))
                {
                    // They were made with KOPS_RUN_TOO_NEW_VERSION=1.
                    Rules = new ValidationOptions { AllowTooNewKubernetes = true },
                },
                TimeProvider.System,
                "a golden case"
            )
            {
                Knowledge = knowledge,
                AllowUnknownFields = allowUnknownFields,
            };
    }

    private static StoreRegistry PlayedStores()
    {
        var stores = new StoreRegistry();
        foreach (var scheme in new[] { string.Empty, "memfs", "s3" })
        {
            var root = new Store(scheme.Length == 0 ? "file:///" : $"{scheme}://", new MemoryStoreDriver(TimeProvider.System)).Root;
            stores.Add(scheme, path => root.Join(path[(path.IndexOf("://", StringComparison.Ordinal) + 1)..].TrimStart('/')));
        }

        return stores;
    }

    private CloudFacts Facts()
    {
        var file = Path.Combine(GoldenCases.Root, Family, "cloud-facts.yaml");
        return System.IO.File.Exists(file) ? CloudFactsDocument.Read(System.IO.File.ReadAllBytes(file), file) : GoldenFacts.Clouds;
    }
}
