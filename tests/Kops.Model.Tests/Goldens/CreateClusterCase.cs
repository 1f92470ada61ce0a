using System.Text.Json;
using Kops.Model.Channels;
using Kops.Model.Flags;
using Kops.Model.NewCluster;

namespace Kops.Model.Tests.Goldens;

/// <summary>One case of <c>create cluster</c>: a command line, its environment and what it makes.</summary>
internal sealed class CreateClusterCase
{
    private CreateClusterCase(string name, JsonElement json)
    {
        Name = name;
        string[] args = [.. json.GetProperty("args").EnumerateArray().Select(arg => arg.GetString()!)];
        (ClusterName, Flags) = CommandLine.Read(args[2..]);
        Features = FeatureFlags.Parse(Variable(json, "KOPS_FEATURE_FLAGS"));
        AzureSubscription = Variable(json, "AZURE_SUBSCRIPTION_ID");
        Egress = json.TryGetProperty("egress", out var egress) ? egress.GetString() : null;
    }

    public string Name { get; }

    public string ClusterName { get; }

    public ClusterFlags Flags { get; }

    public FeatureFlags Features { get; }

    public string? Egress { get; }

    public string? AzureSubscription { get; }

    /// <summary>
    /// What this program makes of the command line; the golden cases were made in the store memfs://tests, with the channel stable.
    /// </summary>
    public NewClusterResult Plan() =>
        ClusterPlanner.Plan(
            new(ClusterName, "memfs://tests", Flags, ChannelSnapshots.Find("stable")!, GoldenFacts.Clouds, Features)
            {
                Egress = Egress,
                AzureSubscription = AzureSubscription,
            }
        );

    public string Expected => GoldenCases.Normal(GoldenCases.Read("create_cluster", Name, "expected-v1alpha2.yaml"));

    private static string? Variable(JsonElement json, string name) =>
        json.GetProperty("env").TryGetProperty(name, out var value) ? value.GetString() : null;

    public static CreateClusterCase Load(string name)
    {
        using var json = JsonDocument.Parse(GoldenCases.Read("create_cluster", name, "case.json"));
        return new(name, json.RootElement);
    }
}
