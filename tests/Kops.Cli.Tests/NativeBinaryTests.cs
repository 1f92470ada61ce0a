using System.Diagnostics;
using Kops.Cli.Tests.Support;
using Xunit;

namespace Kops.Cli.Tests;

/// <summary>The published program: one native binary that needs no .NET. It is published once for each state of the sources.</summary>
public sealed class NativeBinaryTests : IDisposable
{
    private readonly Desk _desk = new();

    [Fact]
    public async Task It_does_the_main_job_from_end_to_end_in_a_clean_home()
    {
        var kops = await NativeBinary.PathAsync();

        var version = await RunAsync(kops, "version", "--short");
        var created = await RunAsync(
            kops,
            "create",
            "cluster",
            "demo.example.com",
            "--zones",
            "us-east-1a,us-east-1b",
            "--node-size",
            "m4.large"
        );
        var shown = await RunAsync(kops, "get", "all", "demo.example.com", "-o", "yaml");
        var edited = await RunAsync(kops, "edit", "cluster", "demo.example.com", "--set", "spec.sshAccess=10.0.0.0/8");
        var pending = await RunAsync(kops, "update", "cluster", "demo.example.com", "--exit-code");
        var updated = await RunAsync(kops, "update", "cluster", "demo.example.com", "--yes", "--without-addons");
        var again = await RunAsync(kops, "update", "cluster", "demo.example.com", "--yes", "--without-addons");
        var keypairs = await RunAsync(kops, "get", "keypairs", "--name", "demo.example.com");
        var history = await RunAsync(kops, "history");
        var deleted = await RunAsync(kops, "delete", "cluster", "demo.example.com", "--yes", "--unregister");
        var gone = await RunAsync(kops, "get", "cluster", "demo.example.com");

        Assert.Matches(@"^\d+\.\d+\.\d+", version.Out);
        Assert.Contains("nodes-us-east-1b", created.Out, StringComparison.Ordinal);
        Assert.Contains("machineType: m4.large", shown.Out, StringComparison.Ordinal);
        Assert.Equal("+ spec.sshAccess: 10.0.0.0/8\n", edited.Out);
        Assert.Equal(5, pending.ExitCode);
        Assert.Contains("is updated", updated.Out, StringComparison.Ordinal);
        Assert.Equal("The files of cluster demo.example.com are up to date\n", again.Out);
        Assert.Contains("kubernetes-ca", keypairs.Out, StringComparison.Ordinal);
        Assert.Equal(5, history.Out.Split('\n').Length);
        Assert.Equal("Deleted cluster: \"demo.example.com\"\n", deleted.Out);
        Assert.Equal(4, gone.ExitCode);
    }

    public void Dispose() => _desk.Dispose();

    private Task<KopsRun> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = _desk.Home };
        start.Environment.Clear();
        start.Environment["HOME"] = _desk.Home;
        return start.RunAsync();
    }
}
