using Kops.Api;
using Kops.Api.Documents;
using Kops.Cli.CommandLine;
using Kops.Cli.Hosting;
using Kops.Cli.Output;
using Kops.Cli.Planning;
using Kops.Operations.Access;
using Kops.Operations.Access.Checks;
using Kops.Vfs.Profiles;

namespace Kops.Cli.Commands.State;

/// <summary><c>kops state check</c>.</summary>
internal static class CheckCommand
{
    private static readonly Flag<string?> Cluster = AccessFlags.Cluster("The cluster whose directory is tried; by default the first one");

    private static readonly Flag<AccessMode> Mode = AccessFlags.Mode(
        "What is tried: to look, to change too, or to run as a control plane",
        "write"
    );

    private static readonly Flag<string?> Principal = Flag.Text(
        "principal",
        "Try as this role of AWS, which is assumed; by default as whoever runs the command"
    );

    public static CommandSpec Spec { get; } =
        new("state check", "Try each right that commands need on a store, and say which is missing")
        {
            Arguments = "[STORE]",
            MaxArguments = 1,
            Description =
                "Against the store itself, as whoever runs it. No cluster's files are written: writing is tried on a file of its own "
                + "below .kops/check, which is\nremoved, and in a cluster's directory with what stands there already, under a "
                + "condition that cannot hold. Exit code 1 says that something is missing.",
            Examples =
            [
                ("The state store", "kops state check"),
                ("What somebody needs who only looks", "kops state check s3://my-state --mode read"),
                ("What a role may that you can assume", "kops state check s3://my-state --principal arn:aws:iam::123456789012:role/ci"),
                ("In a pipeline", "kops state check --cluster demo.example.com -o json"),
            ],
            Flags = [Cluster, Mode, Principal, OutputFlag.TableOrJson],
            Run = RunAsync,
        };

    private static async Task<int> RunAsync(Invocation run, CancellationToken cancellationToken)
    {
        var (mode, cluster) = AccessFlags.Read(run, Mode, Cluster);
        if (cluster is null && mode is AccessMode.Node)
            throw AccessFlags.NodesBelongToOneCluster();
        if (run.Get(Principal) is { } principal)
            AssumeRole(run, principal);
        // Whoever has the right to try conditions out is asked for it, whoever tried them out before.
        run.Access.ProbesAnew = true;
        var place = run.Place();
        if (mode is not AccessMode.Read && !place.Store.Capabilities.Writable)
            throw CommandException.Usage($"{place} can only be read: try it with --mode read");
        if (
            run.Has(Principal)
            && (
                !place.ToString().StartsWith("s3://", StringComparison.Ordinal)
                || run.Access.SettingsOf(place.ToString()).Get(new StoreSetting("endpoint", string.Empty, "S3_ENDPOINT")) is not null
            )
        )
            throw CommandException.Usage(
                $"--principal: {place} is on no service that knows roles of AWS; sign in as whom you mean, or name a profile of the "
                    + $"store with their credentials"
            );
        var asJson = run.IsForPrograms();
        var check = cluster is null ? new StoreCheck(place, null) : await StoreCheck.ForAsync(run.State, place, cluster, cancellationToken);
        var rights = new List<CheckedRight>();
        await foreach (var right in check.RunAsync(mode, cancellationToken))
        {
            rights.Add(right);
            if (asJson)
                run.Out.WriteLine(NodeText.ToJson(ToNode(right)));
            else
                run.Out.WriteLine(
                    $"{(right.IsGranted ? "ok     " : right.IsTried ? "MISSING" : "?      ")} {right.Attempt, -8} "
                        + $"{right.Path}{(right.IsGranted ? string.Empty : $"  ({right.Need.Name})")}"
                );
            if (right.Problem is { } problem && !asJson)
                run.Out.WriteLine($"        {problem}");
        }

        var missing = rights.Count(right => !right.IsGranted);
        if (missing == 0)
            return ExitCode.Done;
        if (!asJson)
            run.Out.WriteLine($"{missing} of {rights.Count} rights are missing; 'kops state policy' prints the policies that give them.");
        return ExitCode.Failed;
    }

    /// <summary>Only roles can be taken on, and only AWS' by an address alone.</summary>
    private static void AssumeRole(Invocation run, string principal)
    {
        if (
            principal.Split(':') is not ["arn", _, "iam", "", { Length: 12 } account, { } role]
            || !account.All(char.IsAsciiDigit)
            || !role.StartsWith("role/", StringComparison.Ordinal)
            || role.EndsWith('/')
        )
        {
            throw CommandException.Usage(
                $"--principal: '{principal}' is not the ARN of a role, such as arn:aws:iam::123456789012:role/ci. A role is assumed and "
                    + $"tried; of others, run this with their own credentials"
            );
        }

        run.Access.Given["credentials.roleArn"] = new ProfileValue(principal, "--principal");
    }

    private static MappingNode ToNode(CheckedRight right)
    {
        var node = new MappingNode
        {
            ["right"] = ScalarNode.Of(right.Attempt),
            ["path"] = ScalarNode.Of(right.Path.ToString()),
            ["granted"] = ScalarNode.Of(right.IsGranted),
            ["statement"] = ScalarNode.Of(right.Need.Name),
        };
        if (right.Problem is { } problem)
            node["problem"] = ScalarNode.Of(problem);
        return node;
    }
}
