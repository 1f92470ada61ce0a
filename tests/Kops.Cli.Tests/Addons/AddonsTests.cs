using System.Text.Json;
using Kops.Cli.Tests.Support;
using Kops.Cli.Tests.Terraform;
using Kops.Vfs.Conformance;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Kops.Cli.Tests.Addons;

/// <summary>Addons are made from a source of kOps: <c>update cluster</c>, <c>create cluster</c>, <c>addons</c>.</summary>
public sealed class AddonsTests : IDisposable
{
    private const string Name = DeskClusters.Name;

    private readonly Desk _desk = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public AddonsTests()
    {
        _desk.Environment.Remove("KOPS_ADDONS_SOURCE");
        _desk.Environment["KOPS_CLOUD_FACTS"] = _desk.Write("facts.yaml", TerraformDesk.Facts);
    }

    public void Dispose() => _desk.Dispose();

    [Fact]
    public async Task The_page_shows_what_its_samples_say()
    {
        SampleSource.Put(_desk);
        await _desk.CreateAsync(Name, "--cloud=aws");

        await PageSamples.RunAsync(_desk, PageSamples.Read("addons.md"));
    }

    [Fact]
    public async Task Without_a_source_a_plan_is_shown_and_carrying_it_out_is_refused()
    {
        var place = await _desk.CreateAsync(Name, "--cloud=aws");
        var before = DeskClusters.Snapshot(place);

        var shown = await _desk.RunAsync("update", "cluster", Name);
        var refused = await _desk.RunAsync("update", "cluster", Name, "--yes");

        Assert.Equal((0, 1), (shown.ExitCode, refused.ExitCode));
        Assert.Contains("coredns.addons.k8s.io", shown.Error, StringComparison.Ordinal);
        Assert.Contains("--addons-source", refused.Error, StringComparison.Ordinal);
        Assert.Contains("--without-addons", refused.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Changing", refused.Out, StringComparison.Ordinal);
        Assert.Equal(before, DeskClusters.Snapshot(place));
    }

    [Theory]
    [InlineData("a flag")]
    [InlineData("a variable")]
    [InlineData("the configuration file")]
    [InlineData("a relative path")]
    [InlineData("an archive")]
    public async Task A_source_is_named_by(string how)
    {
        var (source, place) = (SampleSource.Put(_desk), await _desk.CreateAsync(Name, "--cloud=aws"));
        string[] flags = [];
        switch (how)
        {
            case "a flag":
                flags = ["--addons-source", source];
                break;
            case "a variable":
                _desk.Environment["KOPS_ADDONS_SOURCE"] = source;
                break;
            case "the configuration file":
                _desk.Write(".kops.yaml", $"KOPS_ADDONS_SOURCE: {source}\n");
                break;
            case "a relative path":
                flags = ["--addons-source", Path.GetFileName(source)];
                break;
            default:
                await File.WriteAllBytesAsync(_desk.PathOf("kops.tar.gz"), SampleSource.Archive(), Token);
                flags = ["--addons-source", "~/kops.tar.gz"];
                break;
        }

        var run = await _desk.RunAsync(["update", "cluster", Name, "--yes", .. flags]);

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("which is remembered", run.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(place, "addons/limit-range.addons.k8s.io/v1.5.0.yaml")));
        Assert.Contains("up to date", (await _desk.RunAsync("update", "cluster", Name, "--without-addons")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Creating_and_applying_at_once_takes_the_same_flags()
    {
        var source = SampleSource.Put(_desk);

        var made = await _desk.RunAsync("create", "cluster", Name, "--cloud=aws", "--zones=us-east-1a", "--yes", "--addons-source", source);
        var without = await _desk.RunAsync(
            "create",
            "cluster",
            "two.example.com",
            "--cloud=aws",
            "--zones=us-east-1a",
            "--yes",
            "--without-addons"
        );

        Assert.True(made.ExitCode == 0, made.Error);
        Assert.True(without.ExitCode == 0, without.Error);
        Assert.True(File.Exists(_desk.PathOf($".kops/state/{Name}/addons/coredns.addons.k8s.io/k8s-1.12.yaml")));
        Assert.False(Directory.Exists(_desk.PathOf(".kops/state/two.example.com/addons/coredns.addons.k8s.io")));
    }

    [Theory]
    [InlineData("--addons-source=x", "--without-addons", "contradict")]
    [InlineData("--addons-sha256=0", "--without-addons", "names none")]
    [InlineData("--addons-source=none", "--addons-sha256=0", "names none")]
    public async Task Flags_that_contradict_each_other_are_wrong_usage(string first, string second, string reason)
    {
        await _desk.CreateAsync(Name, "--cloud=aws");

        var run = await _desk.RunAsync("update", "cluster", Name, first, second);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(reason, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_source_that_changed_is_refused_and_the_way_to_accept_it_works()
    {
        var source = SampleSource.Put(_desk);
        await _desk.CreateAsync(Name, "--cloud=aws");
        await _desk.RunAsync("update", "cluster", Name, "--yes", "--addons-source", source);
        SampleSource.Put(_desk, mark: "two");

        var refused = await _desk.RunAsync("update", "cluster", Name, "--yes", "--addons-source", source);
        var flags = refused.Error[refused.Error.IndexOf("--addons-sha256", StringComparison.Ordinal)..].Split(' ')[..2];
        var accepted = await _desk.RunAsync(["update", "cluster", Name, "--yes", "--addons-source", source, .. flags]);

        Assert.Equal(1, refused.ExitCode);
        Assert.True(accepted.ExitCode == 0, accepted.Error);
        var made = await File.ReadAllTextAsync(_desk.PathOf($".kops/state/{Name}/addons/limit-range.addons.k8s.io/v1.5.0.yaml"), Token);
        Assert.Contains("mark: two", made, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Terraform_has_resources_for_those_that_are_made_and_is_refused_those_that_are_missing()
    {
        await using var terraform = new TerraformDesk();
        await terraform.StartAsync();
        var desk = terraform.Desk;
        desk.Environment.Remove("KOPS_ADDONS_SOURCE");
        string[] update = ["update", "cluster", Name, "--target", "terraform", "--out", terraform.Out];
        await desk.CreateAsync(Name, "--cloud=aws");

        var refused = await desk.RunAsync(update);
        Assert.False(Directory.Exists(terraform.Out));
        var made = await desk.RunAsync([.. update, "--addons-source", SampleSource.Put(desk)]);

        Assert.Contains("--without-addons", refused.Error, StringComparison.Ordinal);
        Assert.True(made.ExitCode == 0, made.Error);
        Assert.Contains(
            "addons/limit-range.addons.k8s.io/v1.5.0.yaml",
            await File.ReadAllTextAsync(Path.Combine(terraform.Out, "kubernetes.tf"), Token),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task They_are_listed_with_where_each_comes_from_for_programs_too()
    {
        var source = SampleSource.Put(_desk);
        await _desk.CreateAsync(Name, "--cloud=aws");

        var before = Parse(await _desk.RunAsync("addons", Name, "-o", "json"));
        await _desk.RunAsync("update", "cluster", Name, "--yes", "--addons-source", source);
        var after = Parse(await _desk.RunAsync("addons", Name, "-o", "json"));
        var made = Parse(await _desk.RunAsync("addons", Name, "-o", "json", "--addons-source", source));

        Assert.Equal(("missing", "store", "source"), (From(before), From(after), From(made)));
        Assert.Equal("1.37.0-alpha.1", made.GetProperty("source").GetProperty("kopsVersion").GetString());
        var channel = await File.ReadAllTextAsync(_desk.PathOf($".kops/state/{Name}/addons/bootstrap-channel.yaml"), Token);
        Assert.All(
            after.GetProperty("addons").EnumerateArray(),
            addon => Assert.Contains("manifestHash: " + addon.GetProperty("sha256").GetString(), channel, StringComparison.Ordinal)
        );
        Assert.All(after.GetProperty("addons").EnumerateArray(), addon => Assert.Equal("same", addon.GetProperty("store").GetString()));

        static string? From(JsonElement list) => list.GetProperty("addons")[0].GetProperty("from").GetString();
        static JsonElement Parse(KopsRun run) => JsonDocument.Parse(run.Out).RootElement;
    }

    [Fact]
    public async Task An_address_is_fetched_once_whatever_fails_on_the_way()
    {
        var (archive, failures) = (SampleSource.Archive(), 2);
        await using var server = await WebServer.StartAsync(async context =>
        {
            if (failures-- > 0)
            {
                // Half of it, as a connection that breaks leaves it.
                context.Response.ContentLength = archive.Length;
                await context.Response.Body.WriteAsync(archive.AsMemory(0, archive.Length / 2));
                context.Abort();
                return;
            }

            await context.Response.Body.WriteAsync(archive);
        });
        await _desk.CreateAsync(Name, "--cloud=aws");
        var address = $"{server.Address}/v1.37.0.tar.gz";

        var first = await _desk.RunAsync("update", "cluster", Name, "--yes", "--addons-source", address);
        var second = await _desk.RunAsync("update", "cluster", Name, "--yes", "--addons-source", address);

        Assert.True(first.ExitCode == 0, first.Error);
        Assert.Contains("up to date", second.Out, StringComparison.Ordinal);
        Assert.Equal(3, server.Requests);
    }

    [Theory]
    [InlineData("file:///etc/passwd", "not protected")]
    [InlineData("http://example.com/v1.tar.gz", "not protected")]
    public async Task A_server_that_sends_one_where_it_is_not_safe_is_not_followed(string elsewhere, string reason)
    {
        await using var server = await WebServer.StartAsync(context =>
        {
            context.Response.Redirect(elsewhere);
            return Task.CompletedTask;
        });

        Assert.Contains(reason, await RefusedAsync(server), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_server_has_not_is_said_to_be_missing()
    {
        await using var server = await WebServer.SayingAsync(404);
        Assert.Contains("there is no source of addons", await RefusedAsync(server), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_in_the_place_of_an_archive_is_refused()
    {
        await using var server = await WebServer.StartAsync(context => WebServer.SayAsync(context, "<html>not found</html>"));
        Assert.Contains("no archive", await RefusedAsync(server), StringComparison.Ordinal);
    }

    private async Task<string> RefusedAsync(WebServer server)
    {
        await _desk.CreateAsync(Name, "--cloud=aws");
        var before = DeskClusters.Snapshot(_desk.PathOf(".kops"));
        var run = await _desk.RunAsync("update", "cluster", Name, "--yes", "--addons-source", $"{server.Address}/v1.tar.gz");
        Assert.NotEqual(0, run.ExitCode);
        Assert.Equal(before, DeskClusters.Snapshot(_desk.PathOf(".kops")));
        return run.Error;
    }
}
