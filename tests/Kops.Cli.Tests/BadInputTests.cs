using Kops.Cli.Tests.Support;
using Xunit;

namespace Kops.Cli.Tests;

/// <summary>
/// Whatever is wrong ends in a message that names it, its place and a cure, and in the documented exit code; never in a stack trace.
/// </summary>
public sealed class BadInputTests : IDisposable
{
    private const string Cluster = "demo.example.com";
    private readonly Desk _desk = new();

    [Theory]
    [InlineData(4, "there is no such directory", "get", "clusters", "--state", "/no/such/place")]
    [InlineData(4, "cluster \"demo.example.com\" not found in /no/such/place", "get", "all", Cluster, "--state", "/no/such/place")]
    [InlineData(2, "the scheme 'ftp' is unknown; known are ", "get", "clusters", "--state", "ftp://host/x")]
    [InlineData(2, "the cluster is named twice", "get", "all", Cluster, "--name", "other.example.com")]
    [InlineData(2, "clusters are named by --name and as arguments", "get", "clusters", Cluster, "--name", Cluster)]
    [InlineData(2, "the cluster name 'a/b' contains a slash", "get", "all", "a/b")]
    [InlineData(2, "the cluster name '..'", "get", "all", "..")]
    [InlineData(2, "the cluster name ''", "get", "all", "")]
    [InlineData(2, "the cluster name '../x' contains a slash", "delete", "cluster", "../x", "--yes")]
    [InlineData(2, "kops get all takes one argument, but there are 2", "get", "all", Cluster, "true")]
    [InlineData(2, "--name is required", "get", "ig")]
    [InlineData(2, "unknown output format 'xml'", "get", "clusters", "-o", "xml")]
    [InlineData(2, "name a file with -f", "create")]
    [InlineData(4, "there is no file missing.yaml", "create", "-f", "missing.yaml")]
    [InlineData(2, "--zones is needed", "create", "cluster", Cluster, "--cloud", "aws")]
    [InlineData(
        1,
        "--target cloudformation is not supported yet",
        "create",
        "cluster",
        Cluster,
        "--zones",
        "us-east-1a",
        "--target",
        "cloudformation"
    )]
    [InlineData(1, "--prune of kops update cluster is not supported yet", "update", "cluster", Cluster, "--prune")]
    [InlineData(2, "leave one out", "update", "cluster", Cluster, "--yes", "--admin", "--user", "ada")]
    [InlineData(1, "/tmp is a directory; name the files in it", "create", "-f", "/tmp")]
    [InlineData(2, "there is no cloud 'cumulus'", "create", "cluster", Cluster, "--zones", "a", "--cloud", "cumulus")]
    [InlineData(2, "there is no channel 'beta'", "create", "cluster", Cluster, "--zones", "us-east-1a", "--channel", "beta")]
    [InlineData(4, "there is no file /no/such/config", "get", "clusters", "--config", "/no/such/config")]
    [InlineData(1, "/dev/zero is longer than 16 MiB", "get", "clusters", "--config", "/dev/zero")]
    [InlineData(
        2,
        "set KOPS_FEATURE_FLAGS=APIServerNodes",
        "create",
        "cluster",
        Cluster,
        "--zones",
        "us-east-1a",
        "--api-server-count",
        "1"
    )]
    [InlineData(4, "'kops create cluster' makes one", "get", "clusters")]
    [InlineData(4, "no change \"2026\" is recorded", "undo", "2026")]
    public async Task A_wrong_command_line_is_explained(int exitCode, string message, params string[] arguments)
    {
        var run = await _desk.RunAsync(arguments);

        AssertExplained(exitCode, message, run);
    }

    [Fact]
    public async Task A_configuration_file_that_is_no_yaml_is_named_with_the_line()
    {
        _desk.Write(".kops/config", "kops_state_store: /srv/state\nother: [\n");

        AssertExplained(1, ".kops/config:", await _desk.RunAsync("get", "clusters"));
    }

    [Fact]
    public async Task A_truncated_cluster_is_named_and_hides_no_other()
    {
        await CreateAsync();
        await CreateAsync("other.example.com");
        var config = _desk.PathOf($".kops/state/{Cluster}/config");
        var text = await File.ReadAllTextAsync(config, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            config,
            text[..(text.IndexOf("networking:", StringComparison.Ordinal) + 6)],
            TestContext.Current.CancellationToken
        );

        var all = await _desk.RunAsync("get", "clusters");
        var one = await _desk.RunAsync("get", "cluster", Cluster);

        AssertExplained(1, $"{Cluster}/config:", all);
        Assert.Contains("other.example.com", all.Out, StringComparison.Ordinal);
        AssertExplained(1, $"{Cluster}/config:", one);
    }

    [Fact]
    public async Task A_store_that_may_not_be_read_is_named()
    {
        if (OperatingSystem.IsWindows())
            return;
        Directory.CreateDirectory(_desk.PathOf("closed"), UnixFileMode.None);

        // Root may read everything, so it becomes somebody else.
        string[] command = [NativeBinary.Built, "get", "clusters", "--state", _desk.PathOf("closed")];
        if (Environment.IsPrivilegedProcess)
            command = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", .. command];
        File.SetUnixFileMode(_desk.Home, (UnixFileMode)0x1ED);
        var start = new System.Diagnostics.ProcessStartInfo(command[0], command[1..]);
        foreach (var (name, value) in _desk.Environment)
            start.Environment[name] = value;

        AssertExplained(1, "closed", await start.RunAsync());
    }

    [Theory]
    [InlineData(
        "a: &a [x,x,x,x,x,x,x,x,x,x]\n",
        "b: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\n",
        "c: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\n",
        "d: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]\n",
        "e: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d,*d]\n",
        "f: &f [*e,*e,*e,*e,*e,*e,*e,*e,*e,*e]\n",
        "g: &g [*f,*f,*f,*f,*f,*f,*f,*f,*f,*f]\n",
        "h: &h [*g,*g,*g,*g,*g,*g,*g,*g,*g,*g]\n"
    )]
    [InlineData("\u0001\u0002")]
    [InlineData("kind: Cluster\napiVersion: kops.k8s.io/v1alpha2\nspec: [")]
    [InlineData("{\"kind\": \"Cluster\"")]
    [InlineData("- just\n- a list\n")]
    public async Task Hostile_or_broken_text_is_refused(params string[] lines)
    {
        var file = _desk.Write("hostile.yaml", string.Concat(lines));

        AssertExplained(1, "hostile.yaml", await _desk.RunAsync("create", "-f", file));
    }

    [Fact]
    public async Task Ten_thousand_levels_and_twenty_megabytes_are_refused()
    {
        var deep = _desk.Write("deep.yaml", string.Concat(Enumerable.Repeat("[", 10_000)));
        var large = _desk.Write(
            "large.yaml",
            "a: &a [" + string.Concat(Enumerable.Repeat("x,", 10_000_000)) + "x]\nb: [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\n"
        );

        AssertExplained(1, "deep.yaml", await _desk.RunAsync("create", "-f", deep));
        AssertExplained(1, "large.yaml", await _desk.RunAsync("create", "-f", large));
    }

    [Fact]
    public async Task An_unknown_field_is_named_with_its_place_and_the_field_that_was_meant()
    {
        await CreateAsync();
        var yaml = (await _desk.RunAsync("get", "cluster", Cluster, "-o", "yaml")).Out;
        var file = _desk.Write("typo.yaml", yaml.Replace("kubernetesVersion:", "kubernetesVersoin:", StringComparison.Ordinal));

        var run = await _desk.RunAsync("replace", "-f", file);

        AssertExplained(1, "typo.yaml:", run);
        Assert.Contains("kubernetesVersion", run.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _desk.Dispose();

    private static void AssertExplained(int exitCode, string message, KopsRun run)
    {
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.Equal(exitCode, run.ExitCode);
        Assert.Contains("Error: ", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("bug in kops", run.Error, StringComparison.Ordinal);
    }

    private async Task CreateAsync(string name = Cluster) =>
        Assert.Equal(0, (await _desk.RunAsync("create", "cluster", name, "--zones", "us-east-1a")).ExitCode);
}
