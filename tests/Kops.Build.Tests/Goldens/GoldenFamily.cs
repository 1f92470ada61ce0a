using Kops.Api;
using Kops.Build.Input;
using Kops.Model;
using Kops.Model.Clouds;
using Kops.Model.Tests.Goldens;

namespace Kops.Build.Tests.Goldens;

/// <summary>A family of golden cases of <c>update cluster</c>, and what was pinned when it was made.</summary>
internal sealed record GoldenFamily(string Name)
{
    public static IReadOnlyList<GoldenFamily> All { get; } =
    [
        new("update_cluster")
        {
            Release = "1.34.0-beta.1",
            Variables = { ["HCLOUD_TOKEN"] = "REDACTED" },
            CommonVariables = { ["KOPS_RUN_TOO_NEW_VERSION"] = "1" },
            Partition = "aws-test",
            Root = string.Empty,
        },
        new("update_file")
        {
            Features = "Metal",
            Variables = { ["AWS_REGION"] = "us-east-1" },
            Root = "/srv/",
        },
        new("update_s3") { Root = "s3://" },
    ];

    public string Release { get; init; } = Versions.Kops;

    /// <summary>The beginning of addresses that <c>store/</c> stands for.</summary>
    public required string Root { get; init; }

    public Dictionary<string, string> Variables { get; } = [];

    /// <summary>The partition of AWS that its account lies in.</summary>
    public string Partition { get; init; } = "aws";

    /// <summary>The features that were switched on.</summary>
    public string Features { get; init; } = string.Empty;

    public CloudFacts Facts
    {
        get
        {
            var file = Path.Combine(GoldenCases.Root, Name, "cloud-facts.yaml");
            return File.Exists(file) ? CloudFactsDocument.Read(File.ReadAllBytes(file), file) : GoldenFacts.Clouds;
        }
    }

    /// <summary>Variables that were set whatever the cloud.</summary>
    public Dictionary<string, string> CommonVariables { get; } = [];

    public ProviderFacts FactsOf(string cloud, IEnumerable<InstanceGroup> groups) =>
        Facts.Of(cloud) with
        {
            Partition = Partition,
            Images = groups
                .Select(group => group.Spec.Image ?? string.Empty)
                .Distinct()
                .ToDictionary(image => image, _ => new ImageFact("ami-12345678", "/dev/xvda")),
        };

    public BuildVariables VariablesFor(string cloud) =>
        new(
            (cloud is "hetzner" or "metal" ? Variables.Concat(CommonVariables) : CommonVariables).ToDictionary(
                pair => pair.Key,
                pair => pair.Value,
                StringComparer.Ordinal
            )
        );
}
