using Kops.Cli.Tests.Support;
using Kops.Vfs.Conformance;
using Xunit;

namespace Kops.Cli.Tests;

/// <summary>What is known of versions, images and clouds comes from the program, or from what the user names in its place.</summary>
public sealed class KnowledgeTests : IDisposable
{
    private const string Channel = """
        spec:
          kubernetesVersions:
          - {range: ">=1.35.0", recommendedVersion: 1.35.7, requiredVersion: 1.35.0}
          kopsVersions:
          - {range: ">=1.30.0-alpha.1", kubernetesVersion: 1.35.7}
          images:
          - {name: own/image, providerID: aws, architectureID: amd64, kubernetesVersion: ">=1.20.0"}
        """;

    private readonly Desk _desk = new();

    [Fact]
    public async Task A_channel_is_a_name_a_path_or_an_address_of_the_web()
    {
        await using var server = await WebServer.StartAsync(context =>
        {
            if (context.Request.Path == "/own.yaml")
                return WebServer.SayAsync(context, Channel);
            context.Response.StatusCode = 404;
            return Task.CompletedTask;
        });

        var byName = await CreateAsync("--channel", "alpha");
        var byPath = await CreateAsync("--channel", _desk.Write("own.yaml", Channel));
        var byAddress = await CreateAsync("--channel", $"{server.Address}/own.yaml");
        var absent = await CreateAsync("--channel", $"{server.Address}/absent");

        Assert.Contains("  channel: alpha\n", byName.Out, StringComparison.Ordinal);
        foreach (var run in (KopsRun[])[byPath, byAddress])
        {
            Assert.True(run.ExitCode == 0, run.Error);
            Assert.Contains("  kubernetesVersion: 1.35.7\n", run.Out, StringComparison.Ordinal);
            Assert.Contains("  image: own/image\n", run.Out, StringComparison.Ordinal);
        }

        Assert.Equal(4, absent.ExitCode);
        Assert.Contains($"there is no file {server.Address}/absent", absent.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_channel_on_a_server_that_is_not_there_is_an_error_that_names_it()
    {
        var run = await CreateAsync("--channel", "http://127.0.0.1:1/stable");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("http://127.0.0.1:1/stable cannot be read", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Facts_of_the_users_take_the_place_of_those_inside()
    {
        _desk.Environment["KOPS_CLOUD_FACTS"] = _desk.Write(
            "facts.yaml",
            "aws:\n  regions:\n    us-east-1: [us-east-1a]\n  machineTypes:\n    node: m9.huge\n"
        );

        var known = await CreateAsync();
        _desk.Environment["KOPS_CLOUD_FACTS"] = "~/facts.yaml";
        Assert.Equal(known.Out, (await CreateAsync()).Out);
        var unknown = await CreateAsync("--zones", "us-east-1b", "--cloud", "aws");
        _desk.Write("facts.yaml", "aws: [");
        var broken = await CreateAsync();

        Assert.Contains("  machineType: m9.huge\n", known.Out, StringComparison.Ordinal);
        Assert.Equal(2, unknown.ExitCode);
        Assert.Contains("us-east-1b", unknown.Error, StringComparison.Ordinal);
        Assert.Equal(1, broken.ExitCode);
        Assert.Contains("facts.yaml", broken.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EC2_is_asked_through_an_authority_of_ones_own_as_other_tools_of_AWS_ask_it()
    {
        using var authority = TestCertificates.NewAuthority();
        using var certificate = TestCertificates.NewCertificate(authority);
        await using var server = await WebServer.StartAsync(
            context =>
            {
                context.Response.StatusCode = 400;
                return WebServer.SayAsync(
                    context,
                    "<Response><Errors><Error><Code>InvalidVpcID.NotFound</Code><Message>no such "
                        + "network</Message></Error></Errors></Response>"
                );
            },
            certificate
        );
        _desk.Environment["AWS_ENDPOINT_URL_EC2"] = server.Address;
        (_desk.Environment["AWS_ACCESS_KEY_ID"], _desk.Environment["AWS_SECRET_ACCESS_KEY"]) = ("AK", "s");

        var unknown = await CreateAsync("--network-id", "vpc-1");
        _desk.Environment["AWS_CA_BUNDLE"] = _desk.Write("ca.pem", authority.ExportCertificatePem());
        var known = await CreateAsync("--network-id", "vpc-1");

        Assert.Equal(1, unknown.ExitCode);
        Assert.Contains(
            "its certificate is not trusted; name the authority's PEM file in AWS_CA_BUNDLE",
            unknown.Error,
            StringComparison.Ordinal
        );
        Assert.Contains("--network-id: no such network, says EC2 in us-east-1", known.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _desk.Dispose();

    private Task<KopsRun> CreateAsync(params string[] flags) =>
        _desk.RunAsync([
            "create",
            "cluster",
            DeskClusters.Name,
            "--dry-run",
            "-o",
            "yaml",
            .. flags.Contains("--zones") ? [] : (string[])["--zones", "us-east-1a"],
            .. flags,
        ]);
}
