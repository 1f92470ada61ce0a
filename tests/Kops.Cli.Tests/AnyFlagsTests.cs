using System.Globalization;
using CsCheck;
using Kops.Cli.Tests.Support;
using Kops.Model.Flags;
using Kops.Model.NewCluster;
using Kops.Model.Tests.NewCluster;
using Xunit;

namespace Kops.Cli.Tests;

/// <summary>Whole commands with random flags that go together.</summary>
public sealed class AnyFlagsTests
{
    private const string Name = DeskClusters.Name;

    private const string Facts = """
        aws:
          regions:
            us-test-1: [us-test-1a, us-test-1b, us-test-1c]
          networks:
          - id: vpc-1
            cidr: 10.0.0.0/16
            subnets:
            - {id: subnet-a, zone: us-test-1a, cidr: 10.0.0.0/24}
            - {id: subnet-b, zone: us-test-1b, cidr: 10.0.1.0/24}
            - {id: subnet-c, zone: us-test-1c, cidr: 10.0.2.0/24}
        """;

    // KOPS_TEST_CASES makes a long run of it.
    private static readonly int Enough = int.TryParse(
        Environment.GetEnvironmentVariable("KOPS_TEST_CASES"),
        CultureInfo.InvariantCulture,
        out var cases
    )
        ? cases
        : 20;

    [Fact]
    public Task What_is_created_shown_and_created_elsewhere_is_shown_as_the_same() =>
        FlagGen.NewCluster.SampleAsync(
            async flags =>
            {
                using var desk = new Desk();
                desk.Environment["KOPS_CLOUD_FACTS"] = desk.Write("facts.yaml", Facts);
                desk.Environment["KOPS_FEATURE_FLAGS"] = "APIServerNodes,Spotinst";

                var created = await desk.RunAsync(["create", "cluster", Name, .. Arguments(flags)]);
                Assert.True(created.ExitCode == 0, $"{string.Join(' ', Arguments(flags))}: {created.Error}");
                var shown = (await desk.RunAsync("get", "all", Name, "-o", "yaml")).Out;
                // The base of its files is in it, so that it goes to the other store as it stands.
                var again = await desk.RunAsync(shown, ["create", "-f", "-", "--state", desk.PathOf("other")]);
                Assert.True(again.ExitCode == 0, again.Error);
                Assert.Equal(shown, (await desk.RunAsync("get", "all", Name, "-o", "yaml", "--state", desk.PathOf("other"))).Out);

                var dry = await desk.RunAsync([
                    "create",
                    "cluster",
                    Name,
                    .. Arguments(flags),
                    "--dry-run",
                    "-o",
                    "yaml",
                    "--state",
                    desk.PathOf("third"),
                ]);
                Assert.Equal(
                    Sorted(shown.Replace(desk.PathOf(".kops/state"), desk.PathOf("third"), StringComparison.Ordinal)),
                    Sorted(dry.Out)
                );
            },
            iter: Enough,
            threads: 1
        );

    // As they would be typed; a list is one word, with quotes where an item has a comma.
    private static IEnumerable<string> Arguments(ClusterFlags flags) =>
        from flag in ClusterFlagTable.All
        let values = flag.Get(flags)
        where values is not null
        select $"--{flag.Name}=" + (flag.Kind == FlagKind.List ? string.Join(',', values.Select(Quoted)) : values[0]);

    private static string Quoted(string item) =>
        item.AsSpan().ContainsAny(',', '"') ? $"\"{item.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : item;

    // 'get all' shows groups by name and when they were created, a dry run in the order in which they are planned.
    private static string Sorted(string documents) =>
        string.Join(
            "\n---\n\n",
            documents
                .Split("\n---\n\n")
                .Select(document =>
                    string.Join(
                        '\n',
                        document.Trim().Split('\n').Where(line => !line.StartsWith("  creationTimestamp: ", StringComparison.Ordinal))
                    )
                )
                .Order(StringComparer.Ordinal)
        );
}
