using Kops.Api;
using Kops.Api.Documents;
using Kops.Cli.CommandLine;
using Kops.Cli.Hosting;
using Kops.Cli.Output;
using Kops.Cli.Stores;
using Kops.Cloud.Aws;
using Kops.Operations.Access;
using Kops.Operations.Access.Policies;

namespace Kops.Cli.Commands.State;

/// <summary><c>kops state policy</c>: the least rights on a store, in the words of its cloud.</summary>
internal static class PolicyCommand
{
    private static readonly Flag<string?> Cloud = Flag.Text("cloud", "Whose policies; by default as the store's scheme says") with
    {
        Choices = [.. PolicyCloud.All.Select(cloud => cloud.Name)],
    };

    private static readonly Flag<IReadOnlyList<string>> Principal = Flag.List(
        "principal",
        "Who gets in, such as arn:aws:iam::123456789012:role/ci; may be repeated"
    );

    private static readonly Flag<string?> Cluster = AccessFlags.Cluster("The one cluster that they may see; by default all");
    private static readonly Flag<AccessMode> Mode = AccessFlags.Mode("What they do: look, change, or run as a control plane", "read");

    private static readonly Flag<string?> Scope = Flag.Text(
        "scope",
        "Where roles are made: the project of gs://, the storage account's resource id of azureblob://"
    );

    private static readonly Flag<string?> KmsKey = Flag.Text("kms-key", "The key that files are encrypted with");
    private static readonly Flag<string?> Part = Flag.Text("part", "Print this document alone, such as identity");

    public static CommandSpec Spec { get; } =
        new("state policy", "Print the policies that somebody needs to work with the state store")
        {
            Description =
                "One JSON object (for k8s:// YAML) with a document for each place where it belongs; --part prints one alone. Nothing is "
                + "changed. Where the store can be\nread, the cluster says where its parts stand; otherwise they are taken to stand "
                + "in its directory. docs/accounts.md explains each statement.",
            Examples =
            [
                (
                    "A role of another account that changes clusters",
                    "kops state policy --state s3://my-state --principal arn:aws:iam::123456789012:role/ci --mode write"
                ),
                (
                    "The bucket policy alone, ready to be applied",
                    "kops state policy --state s3://my-state --principal arn:aws:iam::123456789012:root --part bucket/my-state"
                ),
                (
                    "A namespace of Kubernetes",
                    "kops state policy --state k8s://management/kops-state --principal user:alice --mode write | kubectl apply -f -"
                ),
                ("What a control plane needs", "kops state policy --state s3://my-state --cluster demo.example.com --mode node"),
            ],
            Flags = [Cloud, Principal, Cluster, Mode, Scope, KmsKey, Part],
            Run = RunAsync,
        };

    private static async Task<int> RunAsync(Invocation run, CancellationToken cancellationToken)
    {
        var address = StateLocation.Find(run.Host, run.Options, run.Access).Address;
        var root = AccessPlace.Of(address);
        var cloud = PolicyCloud.Find(run.Get(Cloud), root.Scheme);
        var (mode, cluster) = AccessFlags.Read(run, Mode, Cluster);
        if (cluster?.FirstOrDefault(letter => !char.IsAsciiLetterOrDigit(letter) && letter is not ('.' or '-')) is { } wrong and not '\0')
            throw CommandException.Usage(
                $"--cluster: '{cluster}' is not a cluster name: '{wrong}' stands in none, and could mean more than one cluster in a policy"
            );
        if (run.Has(Principal) && !run.Get(Principal).Any(principal => principal.Length > 0))
            throw CommandException.Usage("--principal is empty; name who gets in, or leave it out");
        if (cluster is null && mode is AccessMode.Node)
            throw AccessFlags.NodesBelongToOneCluster();
        var plan = cluster is null ? new StatePlan(root, null) : await StatePlan.ReadAsync(run.Session, root, cluster, cancellationToken);
        var documents = StatePolicy.Write(
            cloud,
            mode,
            plan.With(run.Access.SettingsOf(address)),
            new PolicyRequest([], run.Get(Principal)) { Key = run.Get(KmsKey), Scope = run.Get(Scope) },
            happened => EventText.Write(run, happened)
        );
        IReadOnlyList<Node> shown = cloud.IsYaml ? [.. documents.Select(document => document.Value)] : [documents];
        if (run.Get(Part) is { Length: > 0 } part)
        {
            shown = documents.TryGetValue(part, out var one)
                ? [one]
                : throw CommandException.Usage($"--part: there is no '{part}'; there is {string.Join(", ", documents.Keys)}");
        }

        if (cloud.IsYaml)
            run.Out.Write(string.Join("---\n", shown.Select(NodeText.ToYaml)));
        else
            run.Out.WriteLine(NodeText.ToIndentedJson(shown[0]));
        return ExitCode.Done;
    }
}
