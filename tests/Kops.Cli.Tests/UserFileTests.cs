using Kops.Cli.Tests.Support;
using Xunit;

namespace Kops.Cli.Tests;

/// <summary>Input files are the user's: however they are named and whatever they are, they are read as any program reads them.</summary>
public sealed class UserFileTests : IDisposable
{
    private const string Name = DeskClusters.Name;
    private const string Key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBEy6CcEOj/lSe/85cpp7Lw9wwiyxV2E8v+FjQDMcdSj demo\n";
    private const string Channel = """
        spec:
          images:
          - {name: ubuntu-amd64, providerID: aws, architectureID: amd64, kubernetesVersion: '>=1.0.0'}
          kopsVersions:
          - {range: '>=1.0.0', kubernetesVersion: 1.36.3}
          kubernetesVersions:
          - {range: '>=1.0.0', recommendedVersion: 1.36.3}

        """;

    private readonly Desk _desk = new();

    [Theory]
    [InlineData("link")]
    [InlineData("mount")]
    [InlineData("pipe")]
    [InlineData("home")]
    [InlineData("scheme")]
    public async Task Objects_keys_and_channels_are_read_from(string kind)
    {
        var channel = Make(kind, "channel.yaml", Channel);
        var dry = await _desk.RunAsync("create", "cluster", Name, "--zones=us-east-1a", $"--channel={channel}", "--dry-run", "-o", "yaml");
        Assert.True(dry.ExitCode == 0, dry.Error);

        var objects = await _desk.RunAsync("create", "-f", Make(kind, "demo.yaml", await ShownAsync()));
        var key = await _desk.RunAsync("create", "sshpublickey", Name, "-i", Make(kind, "key.pub", Key));
        var secret = await _desk.RunAsync("create", "secret", "dockerconfig", Name, "-f", Make(kind, "config.json", "{}"));

        Assert.All(new[] { objects, key, secret }, run => Assert.True(run.ExitCode == 0, run.Error));
    }

    [Theory]
    [InlineData("~/store", "--state=~/store")]
    [InlineData("KUBECONFIG", "--node-count=2")]
    public async Task The_users_home_is_expanded_in_flags_and_variables(string what, string flag)
    {
        if (what == "KUBECONFIG")
            _desk.Environment[what] = "~/kube/one:~/kube/two";
        var run = await _desk.RunAsync("create", "cluster", Name, "--zones=us-east-1a", flag);
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.True(what == "KUBECONFIG" || File.Exists(_desk.PathOf($"store/{Name}/config")));

        if (what != "KUBECONFIG")
            return;
        await _desk.RunAsync("update", "cluster", Name, "--yes", "--admin");
        // Where none is there, the last one is made, as by kubectl.
        Assert.True(File.Exists(_desk.PathOf("kube/two")));
    }

    [Theory]
    [InlineData("s3:/bucket", "write s3://bucket")]
    [InlineData("gs:/bucket/prefix", "write gs://bucket/prefix")]
    [InlineData("file:/srv/state", "write file:///srv/state")]
    [InlineData("arn:aws:s3:::bucket", "write s3://bucket")]
    [InlineData("bucket.name", "write s3://bucket.name")]
    [InlineData("~ada/state", "only your own is known", "-f")]
    public async Task What_looks_like_a_store_and_is_none_is_a_mistake_and_no_directory(string text, string message, string? flag = null)
    {
        var run = await (
            flag is null
                ? _desk.RunAsync("create", "cluster", Name, "--zones=us-east-1a", $"--state={text}")
                : _desk.RunAsync("create", $"{flag}={text}")
        );

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_desk.Home));
    }

    [Theory]
    [InlineData("s3:/bucket/demo", "write s3://bucket/demo")]
    [InlineData("arn:aws:s3:::bucket", "write s3://bucket")]
    public async Task Such_places_are_mistakes_in_commands_on_files_too(string place, string message)
    {
        await _desk.CreateAsync();
        var before = DeskClusters.Snapshot(_desk.Home);

        foreach (
            var command in (string[][])
                [
                    ["state", "ls", place],
                    ["state", "copy", Name, place],
                ]
        )
        {
            var run = await _desk.RunAsync(command);
            Assert.Equal(2, run.ExitCode);
            Assert.Contains(message, run.Error, StringComparison.Ordinal);
        }

        Assert.Equal(before, DeskClusters.Snapshot(_desk.Home));
    }

    [Fact]
    public async Task A_configuration_file_that_is_named_and_not_there_is_an_error_whatever_else_is_named()
    {
        var run = await _desk.RunAsync("get", "clusters", "--state", _desk.PathOf("store"), "--config", "/no/such/config");

        Assert.Equal(4, run.ExitCode);
        Assert.Contains("there is no file /no/such/config", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("spec:\n  networkCIDR: 10.0.0.0/33\n", "spec.networkCIDR", 6)]
    [InlineData("spec:\n  networkCIDRR: x\n", "spec.networkCIDRR", 6)]
    [InlineData("spec:\n\tchannel: stable\n", "tab", 6)]
    [InlineData("spec: {a: b\n", "", 6)]
    public async Task Whatever_is_wrong_names_the_file_and_the_line_that_the_user_has(string spec, string message, int line)
    {
        var file = _desk.Write("mine.yaml", $"apiVersion: kops.k8s.io/v1alpha2\nkind: Cluster\nmetadata:\n  name: {Name}\n{spec}");

        var run = await _desk.RunAsync("create", "-f", file);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(
            run.Error.Split('\n'),
            text => text.Contains($"{file}:{line}:", StringComparison.Ordinal) && text.Contains(message, StringComparison.Ordinal)
        );
    }

    public void Dispose() => _desk.Dispose();

    private async Task<string> ShownAsync() =>
        (await _desk.RunAsync("create", "cluster", Name, "--zones=us-east-1a", "--dry-run", "-o", "yaml")).Out;

    private string Make(string kind, string name, string content)
    {
        if (kind == "pipe")
            return Pipe(name, content);
        var file = _desk.Write($"..data/{name}", content);
        if (kind is "home" or "scheme")
            return kind == "home" ? $"~/..data/{name}" : $"file://{file}";
        var directory = _desk.PathOf("mounted");
        Directory.CreateDirectory(directory);
        var link = Path.Combine(directory, name);
        // As a ConfigMap is mounted, the whole directory is a link too.
        if (kind == "mount" && !Directory.Exists(Path.Combine(directory, "..data")))
            Directory.CreateSymbolicLink(Path.Combine(directory, "..data"), _desk.PathOf("..data"));
        File.CreateSymbolicLink(link, kind == "mount" ? $"..data/{name}" : file);
        return link;
    }

    private string Pipe(string name, string content)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there are no named pipes in directories");
        var path = _desk.PathOf(name);
        using (var made = System.Diagnostics.Process.Start("mkfifo", [path]))
            made.WaitForExit();
        _ = Task.Run(() => File.WriteAllText(path, content));
        return path;
    }
}
