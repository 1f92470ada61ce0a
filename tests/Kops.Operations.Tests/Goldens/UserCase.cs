using Kops.Api.Validation;
using Kops.Build.Input;
using Kops.Model;
using Kops.Model.Clouds;
using Kops.Model.Flags;
using Kops.Model.Tests.Goldens;
using Kops.Operations.Addons;
using Kops.Operations.Assets;
using Kops.Operations.Clusters;
using Kops.Operations.Objects;
using Kops.Operations.Secrets;
using Kops.Operations.Updates;
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

    private static readonly string[] WithApiServerNodes = ["apiservernodes", "minimal_gce_plb_apiserver", "apiserver-nodes-2"];

    private static readonly Dictionary<string, string> Roots = new()
    {
        ["update_cluster"] = "memfs://",
        ["update_file"] = "/srv/",
        ["update_s3"] = "s3://",
    };

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
        var (session, name) = await CreateAsync(stores);
        var plan = await PlanAsync(session, name);
        return GoldenCases.Normal(plan.Changes.Files.Single(file => file.Path.Name == "cluster-completed.spec").TextAfter!);
    }

    /// <summary>
    /// The store after all that: keys and secrets lie there as the case has them, the manifests of addons too unless they are made, and the
    /// update is carried out.
    /// </summary>
    /// <param name="source">The source that addons are made from; null where their manifests lie there already.</param>
    /// <param name="look">Looks at it; the second plan is the one that is made afterwards.</param>
    public async Task UpdateAsync(UserSource? source, Func<StoreRegistry, UpdatePlan, Task> look)
    {
        await using var stores = PlayedStores();
        var (session, name) = await CreateAsync(stores);
        var layout = (await session.ReadClusterAsync(name)).Layout;
        await LayAsync(Path.Combine(GoldenCases.Shared, "fixtures", "update_cluster-pki", "pki"), layout.KeyStore);
        foreach (var (address, file) in source is null ? Files("addons") : [])
            await stores.Resolve(address).WriteAsync(await System.IO.File.ReadAllBytesAsync(file), WriteCondition.Any);
        await UpdateCluster.ApplyAsync(session, await PlanAsync(session, name, source));
        await look(stores, await PlanAsync(session, name, source));
    }

    /// <summary>What its machines get from elsewhere, with the manifests of addons in the store.</summary>
    public async Task<Build.ClusterAssets> AssetsAsync()
    {
        await using var stores = PlayedStores();
        var (session, name) = await CreateAsync(stores);
        foreach (var (address, file) in Files("addons"))
            await stores.Resolve(address).WriteAsync(await System.IO.File.ReadAllBytesAsync(file), WriteCondition.Any);
        return await ListAssets.RunAsync(session, await session.ReadClusterAsync(name), Options);
    }

    /// <summary>The files that kOps wrote, by their addresses.</summary>
    /// <param name="part"><c>store</c> for all but the manifests of addons, which lie in <c>addons</c>.</param>
    public IEnumerable<(string Address, string File)> Files(string part)
    {
        var folder = Path.Combine(Folder, part);
        return Directory
            .GetFiles(folder, "*", SearchOption.AllDirectories)
            .Select(file => (Roots[Family] + Path.GetRelativePath(folder, file), file));
    }

    // The objects of the case's file, and the secrets that lie beside it.
    private async Task<(ClusterSession Session, string Cluster)> CreateAsync(StoreRegistry stores)
    {
        var text = await System.IO.File.ReadAllBytesAsync(File);
        var session = Begin(stores, text);
        var documents = ObjectDocuments.Read(session, text, File);
        var objects = ClusterObjects.Sort(session, [.. documents.Select(document => new SourcedDocument(document, File))]).Single();
        await session.ApplyAsync(await CreateObjects.PlanAsync(session, objects, null));
        foreach (var file in Directory.GetFiles(Folder, "secret-*"))
        {
            var state = await session.ReadClusterAsync(objects.ClusterName);
            var secret = Path.GetFileName(file)["secret-".Length..];
            await session.ApplyAsync(await CreateSecret.PlanAsync(session, state, secret, await System.IO.File.ReadAllBytesAsync(file)));
        }

        return (session, objects.ClusterName);
    }

    private async Task<UpdatePlan> PlanAsync(ClusterSession session, string name, UserSource? source = null) =>
        await UpdateCluster.PlanAsync(session, await session.ReadClusterAsync(name), Options with { AddonsSource = source });

    private UpdateOptions Options =>
        new()
        {
            AllowKopsDowngrade = true,
            IgnoreKubeletVersionSkew = true,
            Release = Family == "update_cluster" ? "1.34.0-beta.1" : Versions.Kops,
        };

    public string Folder => Path.Combine(GoldenCases.Root, Family, Name);

    private static async Task LayAsync(string folder, VfsPath place)
    {
        foreach (var file in Directory.GetFiles(folder, "*", SearchOption.AllDirectories))
            await place
                .Join(Path.GetRelativePath(folder, file).Split(Path.DirectorySeparatorChar))
                .WriteAsync(await System.IO.File.ReadAllBytesAsync(file), WriteCondition.Any);
    }

    // What others answered when the cases were made: hashes that the program does not know, and the cloud's tokens.
    private static Task<ReadOnlyMemory<byte>> ReadAsync(string address)
    {
        var table = System.IO.File.ReadAllLines(Path.Combine(GoldenCases.Shared, "assets", "asset-hashes-extra.yaml"));
        var name = address.Replace(".sha256", string.Empty, StringComparison.Ordinal)["https://".Length..];
        var row = Array.FindIndex(table, line => line.EndsWith($"name: {name}", StringComparison.Ordinal));
        return row < 0
            ? throw new FileNotFoundException(address)
            : Task.FromResult<ReadOnlyMemory<byte>>(System.Text.Encoding.ASCII.GetBytes(table[row + 1].Split(':')[1].Trim()));
    }

    private BuildVariables Variables()
    {
        var variables = new Dictionary<string, string>();
        if (Name.Contains("hetzner", StringComparison.Ordinal))
            variables["HCLOUD_TOKEN"] = "REDACTED";
        if (Name.StartsWith("metal", StringComparison.Ordinal))
            variables["AWS_REGION"] = "us-east-1";
        if (Family == "update_cluster")
            variables["KOPS_RUN_TOO_NEW_VERSION"] = "1";
        return new(variables);
    }

    // The cases' stores are not at hand: each is played in one of memory, under the names that the case has for it.
    private ClusterSession Begin(StoreRegistry stores, ReadOnlyMemory<byte> text)
    {
        var knowledge = new CloudKnowledge
        {
            Facts = Facts,
            Ask = static (facts, questions, _) => Task.FromResult(Answer(facts, questions)),
            ReadFile = static (address, _) => ReadAsync(address),
        };
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
                Variables = Variables(),
                Features = FeatureFlags.Parse(
                    (Family == "update_file" ? "Metal," : string.Empty)
                        + (WithApiServerNodes.Contains(Name) ? "APIServerNodes" : string.Empty)
                ),
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
        if (System.IO.File.Exists(file))
            return CloudFactsDocument.Read(System.IO.File.ReadAllBytes(file), file);
        var facts = GoldenFacts.Clouds;
        return facts.With("aws", facts.Of("aws") with { Partition = "aws-test" });
    }

    // What AWS answered: every image is there.
    private static CloudFacts Answer(CloudFacts facts, CloudQuestions questions) =>
        facts.With(
            questions.Cloud,
            facts.Of(questions.Cloud) with
            {
                Images = questions.Images.ToDictionary(image => image, _ => new ImageFact("ami-12345678", "/dev/xvda")),
            }
        );
}
