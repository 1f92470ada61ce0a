using System.Diagnostics;
using Kops.Cli.Tests.Support;
using Xunit;

namespace Kops.Cli.Tests.State;

public sealed class BundleCommandTests : IDisposable
{
    // Made for this test with age-keygen; it opens nothing else.
    private const string Recipient = "age1w9vh6xc4dv7j65ezv620n6j6r9e0x7c8zxfe3s79l8gu5mgyw4csa9dn3r";
    private const string Identity = "AGE-SECRET-KEY-1CEAUK6KNLK4CHS5QRSTL3A5JJUU6RUL6RPE66SLYE3AWJ0DMGLQS6HCJGK";
    private readonly Desk _desk = new();

    public void Dispose() => _desk.Dispose();

    [Theory]
    [InlineData("plain")]
    [InlineData("recipient")]
    [InlineData("passphrase")]
    public async Task What_was_exported_is_imported_with_its_paths_rewritten(string way)
    {
        var cluster = await _desk.CreateAsync();
        await RunAsync("update", "cluster", DeskClusters.Name, "--yes");
        _desk.Write("pass", "correct horse\n");
        _desk.Write("key", $"# a key\n{Identity}\n");
        var (bundle, store) = (_desk.PathOf("demo.tar.zst"), _desk.PathOf("new"));
        string[] encrypt = way switch
        {
            "recipient" => ["--recipient", Recipient],
            "passphrase" => ["--passphrase-file", _desk.PathOf("pass")],
            _ => [],
        };
        string[] decrypt = way switch
        {
            "recipient" => ["--identity", _desk.PathOf("key")],
            "passphrase" => ["--passphrase-file", _desk.PathOf("pass")],
            _ => [],
        };
        var export = await _desk.RunAsync(["state", "export", DeskClusters.Name, "-o", bundle, .. encrypt]);
        Assert.Equal(0, export.ExitCode);
        Assert.Equal(way == "plain", export.Error.Contains("not encrypted", StringComparison.Ordinal));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(bundle));
        Assert.Equal(way == "plain", (await _desk.RunAsync("state", "import", bundle, "--state", store, "--dry-run")).ExitCode == 0);
        Assert.False(Directory.Exists(store));

        await RunAsync(["state", "import", bundle, "--state", store, .. decrypt]);
        var (all, after) = (DeskClusters.Snapshot(cluster), DeskClusters.Snapshot(Path.Combine(store, DeskClusters.Name)));
        // What lies among the backups of etcd stays there, unless it is asked for; the next update writes what it needs of it.
        var before = all.Where(file => !file.Key.StartsWith("backups/", StringComparison.Ordinal)).ToDictionary();
        Assert.Equal(before.Keys.Order(), after.Keys.Order());
        Assert.All(before.Where(file => file.Key != "config"), file => Assert.Equal(file.Value, after[file.Key]));
        Assert.Contains($"configBase: {store}/{DeskClusters.Name}\n", after["config"], StringComparison.Ordinal);
        Assert.Equal(3, (await _desk.RunAsync(["state", "import", bundle, "--state", store, .. decrypt])).ExitCode);
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    [InlineData(0.999)]
    public async Task A_bundle_that_is_cut_or_altered_makes_no_cluster(double where)
    {
        await _desk.CreateAsync();
        _desk.Write("key", Identity + "\n");
        foreach (
            var (encrypt, decrypt) in new (string[], string[])[]
            {
                ([], []),
                (["--recipient", Recipient], ["--identity", _desk.PathOf("key")]),
            }
        )
        {
            var bundle = _desk.PathOf("demo.tar.zst");
            await RunAsync(["state", "export", DeskClusters.Name, "-o", bundle, .. encrypt]);
            var bytes = await File.ReadAllBytesAsync(bundle, TestContext.Current.CancellationToken);
            var at = (int)(bytes.Length * where);
            foreach (var damaged in new[] { bytes[..at], [.. bytes[..at], (byte)(bytes[at] ^ 1), .. bytes[(at + 1)..]] })
            {
                await File.WriteAllBytesAsync(bundle, damaged, TestContext.Current.CancellationToken);
                var run = await _desk.RunAsync(["state", "import", bundle, "--state", _desk.PathOf("new"), .. decrypt]);
                Assert.Equal(1, run.ExitCode);
                Assert.DoesNotContain("mistake in kops", run.Error, StringComparison.Ordinal);
                Assert.False(File.Exists(_desk.PathOf($"new/{DeskClusters.Name}/config")));
            }
        }
    }

    [Fact]
    public async Task Age_tar_and_zstd_open_it_too()
    {
        await _desk.CreateAsync();
        _desk.Write("key", Identity + "\n");
        var bundle = _desk.PathOf("demo.tar.zst.age");
        await RunAsync("state", "export", DeskClusters.Name, "-o", bundle, "--recipient", Recipient);
        foreach (var tool in new[] { "age", "zstd", "tar" })
            Assert.SkipUnless(IsInstalled(tool), $"{tool} is not installed (Debian: apt-get install age zstd)");
        var script =
            $"mkdir out && age -d -i key {bundle} | zstd -d | tar -x -C out && cd out && sha256sum --quiet -c kops-bundle.sha256 && tar "
            + $"-c . | zstd | age -r {Recipient} > ../other.age";
        using var process = Process.Start(
            new ProcessStartInfo("bash", ["-o", "pipefail", "-c", script]) { WorkingDirectory = _desk.Home, RedirectStandardError = true }
        )!;
        var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, error);
        Assert.Contains(
            "kind: Cluster",
            await File.ReadAllTextAsync(_desk.PathOf("out/cluster/config"), TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );

        // What age wrote is opened here, though it is no bundle: files in the wrong order.
        var foreign = await _desk.RunAsync(
            "state",
            "import",
            _desk.PathOf("other.age"),
            "--identity",
            _desk.PathOf("key"),
            "--state",
            _desk.PathOf("new")
        );
        Assert.Contains("does not begin with kops-bundle.json", foreign.Error, StringComparison.Ordinal);
    }

    private static bool IsInstalled(string tool) =>
        (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
            .Split(':')
            .Any(directory => File.Exists(Path.Combine(directory, tool)));

    private async Task RunAsync(params string[] arguments)
    {
        var run = await _desk.RunAsync(arguments);
        Assert.True(run.ExitCode == 0, $"{string.Join(' ', arguments)}: {run.Error}");
    }
}
