using System.Text;
using Kops.Api;
using Kops.Api.Codec;
using Kops.Model;
using Xunit;

namespace Kops.Build.Tests;

public sealed class ClusterFilesTests
{
    private readonly ClusterFiles _files = ClusterFiles.Of(Completed());

    [Fact]
    public void The_completed_spec_is_a_file_that_reads_as_the_cluster() =>
        Assert.Equal("demo.example.com", KopsCodec.DecodeStored<Cluster>(Content(FileRole.CompletedSpec), "spec").Value.Metadata.Name);

    [Fact]
    public void The_version_that_kops_compares_with_is_a_file() =>
        Assert.Equal(Versions.Kops, Encoding.UTF8.GetString(Content(FileRole.KopsVersion).Span));

    [Fact]
    public void Each_role_is_filled_once_and_the_same_cluster_gives_the_same_bytes()
    {
        Assert.Equal(Enum.GetValues<FileRole>(), _files.Files.Select(file => file.Role).Order());
        Assert.All(
            _files.Files.Zip(ClusterFiles.Of(Completed()).Files),
            pair => Assert.Equal(pair.First.Content.ToArray(), pair.Second.Content.ToArray())
        );
    }

    [Fact]
    public void Keysets_and_tokens_are_those_that_the_machines_need()
    {
        Assert.Contains("kubernetes-ca", _files.Keysets);
        Assert.Contains("admin", _files.Tokens);
    }

    private static Cluster Completed()
    {
        var cluster = new Cluster();
        cluster.Metadata.Name = "demo.example.com";
        return cluster;
    }

    private ReadOnlyMemory<byte> Content(FileRole role) => Assert.Single(_files.Files, file => file.Role == role).Content;
}
