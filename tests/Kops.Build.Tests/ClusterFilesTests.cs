using System.Text;
using Kops.Api;
using Kops.Api.Codec;
using Kops.Build.Tests.Samples;
using Kops.Model;

namespace Kops.Build.Tests;

public sealed class ClusterFilesTests
{
    private readonly SampleCluster _sample = new();

    [Fact]
    public void The_completed_spec_is_a_file_that_reads_as_the_cluster() =>
        Assert.Equal("demo.example.com", KopsCodec.DecodeStored<Cluster>(Content(FileRole.CompletedSpec), "spec").Value.Metadata.Name);

    [Fact]
    public void The_version_that_kops_compares_with_is_a_file() =>
        Assert.Equal(Versions.Kops, Encoding.UTF8.GetString(Content(FileRole.KopsVersion).Span));

    [Fact]
    public void The_same_cluster_gives_the_same_bytes()
    {
        var again = new SampleCluster();

        Assert.All(
            ClusterFiles.Of(_sample.Request()).Files.Zip(ClusterFiles.Of(again.Request()).Files),
            pair => Assert.Equal(pair.First.Content.ToArray(), pair.Second.Content.ToArray())
        );
    }

    [Fact]
    public void No_two_files_are_for_the_same()
    {
        var files = ClusterFiles.Of(_sample.Request()).Files;

        Assert.Equal(files.Count, files.Select(file => (file.Role, file.Name)).Distinct().Count());
    }

    [Fact]
    public void Keysets_and_tokens_are_those_that_the_machines_need()
    {
        Assert.Contains("kubernetes-ca", ClusterFiles.Keysets(_sample.Request()));
        Assert.Contains("admin", ClusterFiles.Tokens);
    }

    [Fact]
    public void What_a_machine_is_told_first_names_its_file_by_its_hash()
    {
        var node = ClusterFiles.Of(_sample.Request()).Nodes.Single(node => node.Group == "nodes");

        Assert.Equal(Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(node.Content.Span)), node.Boot.NodeupConfigHash);
    }

    [Fact]
    public void A_keyset_that_is_missing_is_named()
    {
        var request = _sample.Request() with { Keysets = new Dictionary<string, Input.KeysetFact>() };

        Assert.Contains("kubernetes-ca", Assert.Throws<FormatException>(() => ClusterFiles.Of(request)).Message, StringComparison.Ordinal);
    }

    private ReadOnlyMemory<byte> Content(FileRole role) =>
        Assert.Single(ClusterFiles.Of(_sample.Request()).Files, file => file.Role == role).Content;
}
