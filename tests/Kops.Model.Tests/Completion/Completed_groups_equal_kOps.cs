using Kops.Api;
using Kops.Api.Documents;
using Kops.Api.Yaml;
using Kops.Model.Channels;
using Kops.Model.Completion;
using Kops.Model.Flags;
using Kops.Model.Tests.Goldens;

namespace Kops.Model.Tests.Completion;

/// <summary>The kubelet of every group of every golden case, as it stands in the file that the group's machines boot from.</summary>
public sealed class Completed_groups_equal_kOps
{
    private static readonly string[] CasesWithApiServers = ["apiservernodes", "minimal_gce_plb_apiserver", "apiserver-nodes-2"];

    public static IEnumerable<TheoryDataRow<string, string>> Cases => Completed_specs_equal_kOps.Cases;

    [Theory]
    [MemberData(nameof(Cases))]
    public void In_all_that_kubelets_are_told(string family, string name)
    {
        Assert.SkipWhen(name.Length == 0, $"no golden cases in {GoldenCases.Root}");
        var golden = CompletionCase.Load(family, name).Last();
        var cluster = ClusterCompleter.Complete(golden.Request);
        foreach (var file in Files(family, name))
        {
            var group = golden.Request.Groups.Single(group => group.Metadata.Name == Path.GetFileName(Path.GetDirectoryName(file)));
            var completed = GroupCompleter.Complete(
                new(
                    cluster,
                    group,
                    ChannelSnapshots.Find("stable")!,
                    golden.Request.Facts,
                    FeatureFlags.Parse(CasesWithApiServers.Contains(name) ? "APIServerNodes" : null)
                )
            );

            Assert.Equal(Kubelet(file), YamlWriter.Write(completed.Spec.Kubelet!.Node));
        }
    }

    private static string[] Files(string family, string name) =>
        Directory.GetFiles(Path.Combine(GoldenCases.Root, family, name), "nodeupconfig.yaml", SearchOption.AllDirectories);

    private static string Kubelet(string file) =>
        YamlWriter.Write(((MappingNode)YamlReader.Read(File.ReadAllBytes(file), file).Single().Root)["KubeletConfig"]);
}
