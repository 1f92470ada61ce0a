using System.Text;
using Kops.Api;
using Kops.Api.Clouds;
using Kops.Api.Codec;
using Kops.Api.Documents;
using Kops.Api.Yaml;
using Kops.Build.Input;
using Kops.Model.Channels;
using Kops.Model.Completion;
using Kops.Model.Flags;
using Kops.Model.Tests.Goldens;

namespace Kops.Build.Tests.Goldens;

/// <summary>A golden case of <c>update cluster</c>: what goes in, and the files that kOps wrote into the store.</summary>
internal sealed class NodeFilesCase
{
    private static readonly string[] WithApiServerNodes = ["apiservernodes", "minimal_gce_plb_apiserver", "apiserver-nodes-2"];

    private readonly GoldenFamily _family;
    private readonly string _folder;

    private NodeFilesCase(GoldenFamily family, string name)
    {
        (_family, Name) = (family, name);
        _folder = Path.Combine(GoldenCases.Root, family.Name, name);
    }

    public string Name { get; }

    public string Family => _family.Name;

    public static IEnumerable<NodeFilesCase> All =>
        GoldenFamily.All.SelectMany(family => GoldenCases.Of(family.Name).Select(name => new NodeFilesCase(family, name)));

    public static NodeFilesCase Load(string family, string name) => new(GoldenFamily.All.Single(known => known.Name == family), name);

    /// <summary>What kOps wrote, by its place below the cluster's directories, with the bodies of addons left out.</summary>
    public SortedDictionary<string, string> Expected() =>
        new(
            Directory
                .GetFiles(Path.Combine(_folder, "store"), "*", SearchOption.AllDirectories)
                .ToDictionary(file => Place(Path.GetRelativePath(Path.Combine(_folder, "store"), file)), File.ReadAllText),
            StringComparer.Ordinal
        );

    /// <summary>What this program makes, once for each version that the input is given in.</summary>
    public IEnumerable<SortedDictionary<string, string>> Actual() => Requests().Select(request => Named(ClusterFiles.Of(request)));

    /// <summary>The boot scripts that kOps made, those that are not compressed.</summary>
    public IEnumerable<string> BootScripts() =>
        from part in new[] { "store", "terraform" }
        let folder = Path.Combine(_folder, part)
        where Directory.Exists(folder)
        from file in Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
        let text = File.ReadAllText(file)
        where text.Contains("<< '__EOF_KUBE_ENV'\n", StringComparison.Ordinal)
        select text;

    /// <summary>What kOps told machines with their user data: in each boot script that is not compressed.</summary>
    public IEnumerable<string> BootConfigs()
    {
        const string Begin = "<< '__EOF_KUBE_ENV'\n";
        const string End = "\n__EOF_KUBE_ENV";
        return from text in BootScripts()
            let start = text.IndexOf(Begin, StringComparison.Ordinal)
            where start >= 0
            let end = text.IndexOf(End, start + Begin.Length, StringComparison.Ordinal)
            select text[(start + Begin.Length)..end].Trim();
    }

    public IEnumerable<BuildRequest> Requests()
    {
        foreach (var file in Directory.GetFiles(_folder, "in-*.yaml").Order(StringComparer.Ordinal))
        {
            var documents = KopsCodec.Decode(File.ReadAllBytes(file), file, UnknownFieldPolicy.Drop);
            List<InstanceGroup> groups = [.. documents.Select(document => document.Object).OfType<InstanceGroup>()];
            foreach (var cluster in documents.Select(document => document.Object).OfType<Cluster>())
                yield return Request(cluster, groups, [.. documents.Where(document => document.Object is null).Select(ObjectOf)]);
        }
    }

    private static MappingNode ObjectOf(ApiDocument document) =>
        (MappingNode)YamlReader.Read(Encoding.UTF8.GetBytes(document.Raw), "object").Single().Root;

    private BuildRequest Request(Cluster cluster, List<InstanceGroup> groups, IReadOnlyList<MappingNode> objects)
    {
        var facts = _family.Facts;
        var completed = ClusterCompleter.Complete(new(cluster, groups, facts));
        var features = FeatureFlags.Parse(_family.Features + (WithApiServerNodes.Contains(Name) ? ",APIServerNodes" : string.Empty));
        var channel = ChannelSnapshots.Find("stable")!;
        return new BuildRequest(completed)
        {
            Described = cluster,
            Groups =
            [
                .. groups
                    .OrderBy(group => group.Metadata.Name, StringComparer.Ordinal)
                    .Select(group => GroupCompleter.Complete(new(completed, group, channel, facts, features))),
            ],
            Keysets = GoldenKeysets.Load(),
            Objects = objects,
            EncryptionConfig = Secret("encryptionconfig"),
            Addons = Addons(),
            BootScripts = ScriptsByGroup(),
            Facts = _family.FactsOf(CloudProfiles.Of(cluster).Name, groups),
            Hashes = ExtraHashes(),
            Release = _family.Release,
            Variables = _family.VariablesFor(CloudProfiles.Of(cluster).Name),
            Features = features,
        };
    }

    private ReadOnlyMemory<byte>? Secret(string name) =>
        Path.Combine(_folder, $"secret-{name}") is var file && File.Exists(file) ? (ReadOnlyMemory<byte>?)File.ReadAllBytes(file) : null;

    // What machines of a group are told first holds text of kOps' own, which is not made here.
    private Dictionary<string, string> ScriptsByGroup()
    {
        const string End = "_user_data";
        const string Server = "hcloud_server_";
        var scripts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in Directory.GetFiles(_folder, "*", SearchOption.AllDirectories))
        {
            var name = Path.GetFileName(file);
            if (name == "nodeupscript.sh")
                scripts[Path.GetFileName(Path.GetDirectoryName(file)!)] = File.ReadAllText(file);
            else if (name.StartsWith(Server, StringComparison.Ordinal) && name.EndsWith(End, StringComparison.Ordinal))
                scripts[name[Server.Length..^End.Length]] = File.ReadAllText(file);
        }

        return scripts;
    }

    /// <summary>The manifests of addons that kOps wrote, by their place below <c>addons/</c>.</summary>
    public Dictionary<string, ReadOnlyMemory<byte>> Addons()
    {
        const string Below = "/addons/";
        var folder = Path.Combine(_folder, "addons");
        return Directory
            .GetFiles(folder, "*", SearchOption.AllDirectories)
            .Select(file => (Relative: "/" + Path.GetRelativePath(folder, file), file))
            .ToDictionary(
                pair => pair.Relative[(pair.Relative.IndexOf(Below, StringComparison.Ordinal) + Below.Length)..],
                pair => (ReadOnlyMemory<byte>)File.ReadAllBytes(pair.file)
            );
    }

    private static Dictionary<string, string> ExtraHashes()
    {
        var file = Path.Combine(GoldenCases.Shared, "assets", "asset-hashes-extra.yaml");
        var root = (MappingNode)YamlReader.Read(File.ReadAllBytes(file), file).Single().Root;
        return ((SequenceNode)root["files"])
            .OfType<MappingNode>()
            .ToDictionary(row => "https://" + row["name"], row => row["sha256"].ToString()!);
    }

    private static SortedDictionary<string, string> Named(ClusterFiles files) =>
        new(
            files
                .Files.Where(file => file.Role != FileRole.AddonManifest)
                .ToDictionary(file => PlaceOf(file), file => Encoding.UTF8.GetString(file.Content.Span)),
            StringComparer.Ordinal
        );

    private static string PlaceOf(WantedFile file) =>
        file.Role switch
        {
            FileRole.CompletedSpec => "cluster-completed.spec",
            FileRole.KopsVersion => "kops-version.txt",
            FileRole.NodeConfig => $"igconfig/{file.Name}/nodeupconfig.yaml",
            FileRole.NodeScript => $"igconfig/{file.Name}/nodeupscript.sh",
            FileRole.EtcdManifest => $"manifests/etcd/{file.Name}.yaml",
            FileRole.EtcdTarget => $"backups/etcd/{file.Name}/control/etcd-cluster-spec",
            FileRole.StaticManifest => $"manifests/static/{file.Name}.yaml",
            FileRole.ChannelsManifest => "manifests/channels/kops-channels.yaml",
            FileRole.BootstrapChannel => "addons/bootstrap-channel.yaml",
            FileRole.IssuerConfiguration => ".well-known/openid-configuration",
            FileRole.IssuerKeys => "openid/v1/jwks",
            _ => throw new ArgumentOutOfRangeException(nameof(file), file.Role, null),
        };

    // Stores may be split: what counts is the place below the cluster's directory in each.
    private static string Place(string path)
    {
        string[] starts =
        [
            "cluster-completed.spec",
            "kops-version.txt",
            "igconfig/",
            "manifests/",
            "backups/",
            "addons/",
            ".well-known/",
            "openid/",
        ];
        foreach (var start in starts)
        {
            if (path.IndexOf("/" + start, StringComparison.Ordinal) is var at and >= 0)
                return path[(at + 1)..];
        }

        return path.EndsWith("/control/etcd-cluster-spec", StringComparison.Ordinal)
            ? "backups/etcd/" + string.Join('/', path.Split('/')[^3..])
            : path;
    }
}
