using System.Text;
using System.Text.RegularExpressions;
using Kops.Api;
using Kops.Api.Clouds;
using Kops.Api.Codec;
using Kops.Model.Channels;
using Kops.Model.Completion;
using Kops.Model.Flags;
using Kops.Model.Tests.Goldens;
using Kops.Resources;
using Kops.Resources.Files;
using Kops.Resources.Requests;

namespace Kops.Terraform.Tests.Goldens;

/// <summary>A golden case of <c>update cluster --target terraform</c>: what goes in, and what kOps made of it.</summary>
internal sealed class TerraformCase
{
    private readonly string _folder;
    private readonly GoldenFamily _family;

    private TerraformCase(GoldenFamily family, string name)
    {
        _family = family;
        Name = name;
        _folder = Path.Combine(GoldenCases.Root, family.Name, name);
    }

    public string Name { get; }

    /// <summary>All cases that lie there, of each family.</summary>
    public static IEnumerable<TerraformCase> All =>
        GoldenFamily.All.SelectMany(family =>
            GoldenCases.Of(family.Name).Select(name => new TerraformCase(family, name)).Where(golden => golden.HasExpected)
        );

    public string Family => _family.Name;

    // kOps' harness has Azure's tags name a cluster of its own.
    public string Expected =>
        Read(Path.Combine(_folder, "terraform", TerraformConfiguration.FileName))
            .Replace("\"test-cluster.k8s\"", $"\"{Requests().First().Cluster.Metadata.Name}\"", StringComparison.Ordinal);

    /// <summary>The other files that kOps wrote, by name.</summary>
    public SortedDictionary<string, string> ExpectedData =>
        new(
            Directory
                .GetFiles(Path.Combine(_folder, "terraform", "data"))
                .ToDictionary(file => Path.GetFileName(file), file => _family.Normal(Read(file)), StringComparer.Ordinal),
            StringComparer.Ordinal
        );

    /// <summary>Whether resources of the case's cloud are known.</summary>
    public bool IsKnown => ResourceModel.KnownClouds.Contains(Cloud);

    public string Cloud => CloudProfiles.Of(Requests().First().Cluster).Name;

    private bool HasExpected => File.Exists(Path.Combine(_folder, "terraform", TerraformConfiguration.FileName));

    public static TerraformCase Load(string family, string name) => new(GoldenFamily.All.Single(known => known.Name == family), name);

    /// <summary>What we write, once for each version that the input is given in.</summary>
    public IEnumerable<IReadOnlyList<TerraformFile>> Actual() =>
        Requests().Select(request => TerraformConfiguration.Write(ResourceModel.Build(request)));

    /// <summary>The files that are not the store's own, by name.</summary>
    public static SortedDictionary<string, string> Data(IEnumerable<TerraformFile> files) =>
        new(
            files
                .Where(file => file.Path.StartsWith("data/", StringComparison.Ordinal) && !IsStoreFile(file.Path))
                .ToDictionary(file => file.Path["data/".Length..], Text, StringComparer.Ordinal),
            StringComparer.Ordinal
        );

    public static string Text(TerraformFile file) => GoldenCases.Normal(Encoding.UTF8.GetString(file.Content.Span));

    public IEnumerable<ResourceRequest> Requests() =>
        Directory.GetFiles(_folder, "in-*.yaml").Order(StringComparer.Ordinal).SelectMany(Requests);

    private static bool IsStoreFile(string path) =>
        path.StartsWith("data/aws_s3_object_", StringComparison.Ordinal)
        || path.StartsWith("data/azurerm_storage_blob_", StringComparison.Ordinal);

    // The files were written for kOps, which drops fields that it does not know.
    private IEnumerable<ResourceRequest> Requests(string file)
    {
        var given = KopsCodec.Decode(File.ReadAllBytes(file), file, UnknownFieldPolicy.Drop).Select(document => document.Object).ToList();
        List<InstanceGroup> groups = [.. given.OfType<InstanceGroup>()];
        foreach (var cluster in given.OfType<Cluster>())
        {
            var completed = ClusterCompleter.Complete(new(cluster, groups, _family.Clouds));
            var files = _family.HasManagedFiles ? ManagedFiles.Named(completed, StoreFiles()) : [];
            var features = FeatureFlags.Parse(GoldenFamily.WithApiServerNodes.Contains(Name) ? "+APIServerNodes" : null);
            List<InstanceGroup> machines =
            [
                .. groups.Select(group =>
                    GroupCompleter.Complete(new(completed, group, ChannelSnapshots.Find("stable")!, _family.Clouds, features))
                ),
            ];
            yield return new(_family.Placed(completed), machines, _family.Facts(CloudProfiles.Of(cluster).Name, machines))
            {
                Files = [.. files.Select(named => named with { Address = _family.Address(named.Address, CloudProfiles.Of(cluster).Name) })],
                Features = features,
                Bucket = _family.Bucket,
                SshKeys = [.. SshKeys(given.OfType<SSHCredential>())],
                BootScripts = groups
                    .ToDictionary(group => group.Metadata.Name!, BootScript)
                    .Where(script => script.Value is not null)
                    .ToDictionary()!,
            };
        }
    }

    private IEnumerable<string> SshKeys(IEnumerable<SSHCredential> credentials)
    {
        var file = Path.Combine(_folder, "id_rsa.pub");
        return File.Exists(file) ? [File.ReadAllText(file)] : credentials.Select(credential => credential.Spec.PublicKey!);
    }

    // The script itself is upstream's text; what surrounds it is ours.
    private string? BootScript(InstanceGroup group)
    {
        const string Before = "Mime-Version: 1.0\n\n";
        var name = Regex.Escape(group.Metadata.Name!);
        string[] machines =
        [
            $"aws_launch_template_{name}\\..*_user_data",
            $"azurerm_linux_virtual_machine_scale_set_{name}\\..*_user_data",
            $"google_compute_instance_template_{name}-.*_(user-data|startup-script)",
            $"hcloud_server_{name}_user_data",
        ];
        var (_, text) = ExpectedData.FirstOrDefault(file => Regex.IsMatch(file.Key, $"^({string.Join('|', machines)})$"));
        if (text is null || !text.StartsWith("Content-Type: multipart", StringComparison.Ordinal))
            return text;
        var start = text.IndexOf(Before, StringComparison.Ordinal) + Before.Length;
        return text[start..text.IndexOf("\n--MIMEBOUNDARY", start, StringComparison.Ordinal)];
    }

    private Dictionary<string, ReadOnlyMemory<byte>> StoreFiles() =>
        new[] { "store", "addons" }
            .Select(part => Path.Combine(_folder, part))
            .Where(Directory.Exists)
            .SelectMany(part =>
                Directory
                    .GetFiles(part, "*", SearchOption.AllDirectories)
                    .Select(path => (Address: $"{_family.Scheme}://{Path.GetRelativePath(part, path)}", path))
            )
            .ToDictionary(file => file.Address, file => (ReadOnlyMemory<byte>)File.ReadAllBytes(file.path));

    private static string Read(string file) => GoldenCases.Normal(File.ReadAllText(file));
}
