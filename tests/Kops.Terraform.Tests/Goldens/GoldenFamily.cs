using Kops.Api;
using Kops.Api.Documents;
using Kops.Model.Clouds;
using Kops.Model.Tests.Goldens;
using Kops.Resources.Requests;

namespace Kops.Terraform.Tests.Goldens;

/// <summary>Where a family of golden cases was made: its store, and the facts of its clouds.</summary>
/// <param name="Name">Its folder.</param>
/// <param name="Image">The id of every image.</param>
internal sealed record GoldenFamily(string Name, string Image)
{
    public static GoldenFamily[] All { get; } =
    [
        new("update_cluster", "ami-12345678")
        {
            Scheme = "memfs",
            Partition = "aws-test",
            Region = "us-test-1",
            // kOps has policies of such stores name buckets that there are not, and files lie in one of its own.
            Read = "s3://placeholder-read-bucket/",
            Written = "s3://placeholder-write-bucket/",
            Files = "s3://testingBucket/",
            Machines = { ["m3.medium"] = new(1) },
        },
        new("update_file", "ami-43e74dee")
        {
            Scheme = "file",
            HasManagedFiles = false,
            Read = "s3://placeholder-read-bucket/",
            Written = "s3://placeholder-read-bucket/",
        },
        new("update_s3", "ami-6d80dc6b") { Scheme = "s3", Region = "us-east-1" },
    ];

    private const string AzureFiles = "azureblob://teststorage/testcontainer/";

    public required string Scheme { get; init; }

    public string Partition { get; init; } = "aws";

    public string? Region { get; init; }

    public bool HasManagedFiles { get; init; } = true;

    public string? Read { get; init; }

    public string? Written { get; init; }

    public string? Files { get; init; }

    /// <summary>The cases that were made with nodes that serve the API alone.</summary>
    public static string[] WithApiServerNodes { get; } = ["apiservernodes", "minimal_gce_plb_apiserver", "apiserver-nodes-2"];

    public Dictionary<string, MachineFact> Machines { get; } = [];

    public CloudFacts Clouds
    {
        get
        {
            var file = Path.Combine(GoldenCases.Root, Name, "cloud-facts.yaml");
            return File.Exists(file) ? CloudFactsDocument.Read(File.ReadAllBytes(file), file) : GoldenFacts.Clouds;
        }
    }

    public BucketFact Bucket => new(Region, EncryptsByItself: false);

    public ProviderFacts Facts(string cloud, IEnumerable<InstanceGroup> groups) =>
        Clouds.Of(cloud) with
        {
            Partition = Partition,
            Images = groups
                .Select(group => group.Spec.Image ?? string.Empty)
                .Distinct()
                .ToDictionary(image => image, _ => new ImageFact(Image, "/dev/xvda")),
            Machines = Machines,
            Gateways = new Dictionary<string, GatewayFact> { ["vpc-12345678"] = new("igw-1", "eigw-1") },
        };

    /// <summary>The completed cluster with its stores in buckets, as policies want it.</summary>
    public Cluster Placed(Cluster completed)
    {
        if (Read is null)
            return completed;
        var placed = new Cluster((MappingNode)completed.Node.Clone());
        placed.Spec.ConfigBase = Place(Read, placed.Spec.ConfigBase);
        placed.Spec.KeyStore = Place(Read, placed.Spec.KeyStore);
        placed.Spec.SecretStore = Place(Read, placed.Spec.SecretStore);
        foreach (var etcd in placed.Spec.EtcdClusters)
            etcd.EnsureBackups().BackupStore = Place(Written!, etcd.Backups?.BackupStore);
        return placed;
    }

    /// <summary>Where a file of the store lies as a resource.</summary>
    public string Address(string address, string cloud) => Files is null ? address : Place(cloud == "azure" ? AzureFiles : Files, address)!;

    /// <summary>kOps ends the places of files stores in two slashes.</summary>
    public string Normal(string text) => Scheme == "file" ? text.Replace("//*", "/*", StringComparison.Ordinal) : text;

    private static string? Place(string root, string? address) => address is null ? null : root + address.Split("://", 2)[^1];
}
