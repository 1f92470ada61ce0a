using Kops.Api.Documents;
using Kops.Cli.CommandLine;
using Kops.Cli.Hosting;
using Kops.Cli.Output;
using Kops.Cli.Settings;
using Kops.Operations.Access;
using Kops.Operations.Access.Policies;
using Kops.StateStore;
using Kops.StateStore.Errors;
using Kops.Vfs;
using Kops.Vfs.Profiles;

namespace Kops.Cli.Commands.State;

/// <summary><c>kops state policy</c>: the least rights on a store, in the words of its cloud.</summary>
internal static class PolicyCommand
{
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
            Flags =
            [
                Flag.Text("cloud", "Whose policies; by default as the store's scheme says") with
                {
                    Choices = [.. PolicyCloud.All.Select(cloud => cloud.Name)],
                },
                Flag.List("principal", "Who gets in, such as arn:aws:iam::123456789012:role/ci; may be repeated"),
                Flag.Text("cluster", "The one cluster that they may see; by default all") with
                {
                    Values = ValueSource.Cluster,
                },
                Flag.Text("mode", "What they do: look, change, or run as a control plane") with
                {
                    Default = "read",
                    Choices = ["read", "write", "node"],
                },
                Flag.Text("scope", "Where roles are made: the project of gs://, the storage account's resource id of azureblob://"),
                Flag.Text("kms-key", "The key that files are encrypted with"),
                Flag.Text("part", "Print this document alone, such as identity"),
            ],
            Run = RunAsync,
        };

    private static async Task<int> RunAsync(Invocation run, CancellationToken cancellationToken)
    {
        var address = StateLocation.Find(run.Host, run.Flags, run.Access).Address;
        var root = AccessPlace.Of(address);
        var cloud = PolicyCloud.Find(run.Flags.Text("cloud"), root.Scheme);
        var mode = run.Flags.Text("mode") switch
        {
            "read" => AccessMode.Read,
            "write" => AccessMode.Write,
            "node" => AccessMode.Node,
            var other => throw CommandException.Usage($"--mode: '{other}' is none of read, write, node"),
        };
        var cluster = run.Flags.Text("cluster") ?? run.Flags.Text("name");
        if (cluster?.FirstOrDefault(letter => !char.IsAsciiLetterOrDigit(letter) && letter is not ('.' or '-')) is { } wrong and not '\0')
            throw CommandException.Usage(
                $"--cluster: '{cluster}' is no cluster's name: '{wrong}' stands in none, and could mean more than one cluster in a policy"
            );
        if (run.Flags.Has("principal") && !run.Flags.List("principal").Any(principal => principal.Length > 0))
            throw CommandException.Usage("--principal is empty; name who gets in, or leave it out");
        if (cluster is null && mode is AccessMode.Node)
            throw CommandException.Usage("--cluster is required with --mode node: nodes belong to one cluster");
        var isElsewhere = root.Scheme is "s3"
            ? run.Access.SettingsOf(address).Get(new StoreSetting("endpoint", string.Empty, "S3_ENDPOINT")) is not null
            : root.Scheme is "do" or "hos" or "linode" or "scw";
        var plan = (cluster is null ? new StatePlan(root, null) : await PlanAsync(run, root, cluster, cancellationToken)) with
        {
            IsProbed = isElsewhere,
            IsLocked = cloud.IsLocked,
            AsksEncryption = !isElsewhere || AsksEncryption(run, address, root.Scheme),
        };
        if (cluster is not null && !cloud.IsByKey)
            run.Error.WriteLine($"Note: {cloud.Name} gives rights on a store as a whole; these are not on cluster \"{cluster}\" alone.");
        var all = AccessGrant.For(mode, plan);
        var grants = all.Select(grant => grant with { Places = [.. grant.Places.Where(place => cloud.Schemes.Contains(place.Scheme))] })
            .Where(grant => grant.Places.Count > 0)
            .ToList();
        foreach (var place in all.SelectMany(grant => grant.Places).Where(place => !cloud.Schemes.Contains(place.Scheme)).Distinct())
            run.Error.WriteLine(
                $"Warning: {place.Scheme}://{place.Bucket}/{place.Key} is in another cloud; these policies do not speak of it."
            );

        var documents = cloud.Write(
            new PolicyRequest(grants, run.Flags.List("principal")) { Key = run.Flags.Text("kms-key"), Scope = run.Flags.Text("scope") }
        );
        IReadOnlyList<Node> shown = cloud.IsYaml ? [.. documents.Select(document => document.Value)] : [documents];
        if (run.Flags.Text("part") is { Length: > 0 } part)
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

    /// <summary>Services with presets of their own, and those of which it is said, are not asked whether they encrypt.</summary>
    private static bool AsksEncryption(Invocation run, string address, string scheme) =>
        scheme is "s3"
        && run.Access.SettingsOf(address) is var settings
        && settings.Get(new StoreSetting("encryption", string.Empty, "KOPS_S3_ENCRYPTION")) is not "none"
        && settings.Get(new StoreSetting("service", string.Empty, "KOPS_S3_SERVICE")) is null or "aws" or "other";

    /// <summary>Where the cluster keeps what: as it says itself, or else as most do.</summary>
    private static async Task<StatePlan> PlanAsync(Invocation run, AccessPlace root, string cluster, CancellationToken cancellationToken)
    {
        var usual = new StatePlan(root, cluster) { Backups = [root.Below($"{cluster}/backups")] };
        string why;
        try
        {
            if (await run.State.ReadAsync(cluster, cancellationToken) is { } state)
                return usual.At(state.Layout);
            why = "is not there";
        }
        catch (Exception e) when (e is StoreException or StateStoreException { Kind: not StateErrorKind.Invalid })
        {
            why = $"cannot be read ({e.Message})";
        }

        run.Error.WriteLine($"Note: cluster \"{cluster}\" {why}; its parts are taken to stand in its directory.");
        return usual;
    }
}
