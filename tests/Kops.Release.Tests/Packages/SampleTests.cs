using System.Net;
using System.Net.Http.Headers;
using Xunit;

namespace Kops.Release.Tests.Packages;

/// <summary>The samples, built from the packages, do what they are said to.</summary>
public sealed class SampleTests(Samples samples) : IDisposable
{
    private static readonly Dictionary<string, string> Nothing = [];
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("kops-samples-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Delete(recursive: true);

    [Theory]
    [InlineData("memfs")]
    [InlineData("s3")]
    public async Task The_settings_of_the_web_api_are_replaced_by_who_read_them_last_and_no_setting_is_lost(string scheme)
    {
        Dictionary<string, string> settings = new() { ["Settings__Address"] = "memfs://test/settings.json" };
        if (scheme == "s3")
        {
            var bucket = await samples.BucketAsync(Token);
            settings["Settings__Address"] = $"s3://{bucket["BUCKET"]}/settings.json";
            settings["Bucket__Endpoint"] = bucket["S3_ENDPOINT"];
            settings["Bucket__AccessKeyId"] = bucket["S3_ACCESS_KEY_ID"];
            settings["Bucket__SecretAccessKey"] = bucket["S3_SECRET_ACCESS_KEY"];
        }

        await using var api = SampleProcess.Start(await samples.ProgramAsync("SettingsApi"), ["--urls", "http://127.0.0.1:0"], settings);
        var listening = await api.LineAsync("Now listening on: ", Token);
        using var http = new HttpClient { BaseAddress = new Uri(listening.Split("on: ")[1]) };

        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync("settings", Token)).StatusCode);
        Assert.Equal(HttpStatusCode.PreconditionRequired, (await PutAsync("settings", "{}", null)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await PutAsync("settings", "{", EntityTagHeaderValue.Any)).StatusCode);
        var first = await PutAsync("settings", """{"colour":"blue"}""", EntityTagHeaderValue.Any);
        Assert.Equal(HttpStatusCode.NoContent, first.StatusCode);
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await PutAsync("settings", "{}", EntityTagHeaderValue.Any)).StatusCode);

        var read = await http.GetAsync("settings", Token);
        Assert.Equal(first.Headers.ETag, read.Headers.ETag);
        Assert.Equal(HttpStatusCode.NoContent, (await PutAsync("settings", """{"colour":"red"}""", read.Headers.ETag)).StatusCode);
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await PutAsync("settings", """{"colour":"x"}""", read.Headers.ETag)).StatusCode);
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await PutAsync("settings", "{}", new("\"not of here\""))).StatusCode);

        // All at once, each its own setting.
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => PutAsync($"settings/s{i}", $"{i}", null)));
        Assert.Equal(
            """{"colour":"red","s0":0,"s1":1,"s2":2,"s3":3,"s4":4,"s5":5,"s6":6,"s7":7}""",
            Sorted(await http.GetStringAsync("settings", Token))
        );

        Task<HttpResponseMessage> PutAsync(string path, string body, EntityTagHeaderValue? tag)
        {
            var request = new HttpRequestMessage(HttpMethod.Put, path) { Content = new StringContent(body) };
            if (tag?.Tag == "*")
                request.Headers.IfNoneMatch.Add(tag);
            else if (tag is not null)
                request.Headers.IfMatch.Add(tag);
            return http.SendAsync(request, Token);
        }
    }

    [Fact]
    public async Task The_watcher_tells_which_files_of_which_cluster_have_changed()
    {
        Write("one.example.com/config", "1");
        Write("two.example.com/config", "1");
        Write("two.example.com/instancegroup/nodes", "1");
        await using var watcher = SampleProcess.Start(
            await samples.ProgramAsync("ClusterWatch"),
            [$"--Watch:Store={_directory.FullName}", "--Watch:Every=00:00:00.1"],
            Nothing
        );

        await watcher.LineAsync("watching 2 clusters", Token);
        Write("one.example.com/config", "2");
        await watcher.LineAsync("one.example.com: Changed config", Token);
        Write("one.example.com/instancegroup/nodes", "1");
        await watcher.LineAsync("one.example.com: Created instancegroup/nodes", Token);
        File.Delete(Path.Combine(_directory.FullName, "two.example.com/instancegroup/nodes"));
        await watcher.LineAsync("two.example.com: Deleted instancegroup/nodes", Token);
    }

    [Fact]
    public async Task The_driver_of_ones_own_passes_the_conformance_suite()
    {
        // In memory where there is such a directory: the disk is not what is tested.
        var directory = Directory.Exists("/dev/shm") ? "/dev/shm" : _directory.FullName;

        var output = await SampleProcess.RunAsync(
            await samples.ProgramAsync("SqliteDriver"),
            ["--no-ansi", "--progress", "off"],
            new Dictionary<string, string> { ["TMPDIR"] = directory },
            Token
        );

        Assert.Contains("  failed: 0", output, StringComparison.Ordinal);
        Assert.Contains("  skipped: 0", output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_driver_of_ones_own_has_150_lines_at_most() =>
        Assert.InRange(File.ReadAllLines(Repository.At("samples/sqlite-driver/SqliteStoreDriver.cs")).Length, 1, 150);

    private static string Sorted(string json) => "{" + string.Join(',', json.Trim('{', '}').Split(',').Order(StringComparer.Ordinal)) + "}";

    private void Write(string path, string content)
    {
        var file = Path.Combine(_directory.FullName, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        // As programs write to a store: whole.
        File.WriteAllText(_directory.FullName + ".new", content);
        File.Move(_directory.FullName + ".new", file, overwrite: true);
    }
}
