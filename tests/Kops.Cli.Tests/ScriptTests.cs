using System.Diagnostics;
using Kops.Cli.Tests.Support;
using Xunit;

namespace Kops.Cli.Tests;

/// <summary><c>./kops</c>, in a tree whose build notes that it ran and makes a program that says its arguments.</summary>
public sealed class ScriptTests : IDisposable
{
    private const string Build = """
        #!/bin/sh
        top=$(dirname "$0")/..
        echo built >>"$top/builds"
        mkdir -p "$top/artifacts/use/bin/Kops.Cli/release"
        printf '#!/bin/sh\necho "ran $*"\n' >"$top/artifacts/use/bin/Kops.Cli/release/kops"
        chmod +x "$top/artifacts/use/bin/Kops.Cli/release/kops"
        echo >"$top/artifacts/kops.stamp"
        """;

    private readonly DirectoryInfo _top = Directory.CreateTempSubdirectory("kops-script-");

    public ScriptTests()
    {
        Write("src/Kops.Cli/Program.cs", "// sources");
        Write("src/Kops.Cli/packages.lock.json", "{}");
        Write("Directory.Build.props", "<Project/>");
        Write("global.json", "{}");
        Write("eng/Kops.Api.Generator/Generator.cs", "// sources");
        Write("eng/build.sh", Build);
        File.Copy(Path.Combine(Fixtures.Root, "kops"), Path.Combine(_top.FullName, "kops"));
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Path.Combine(_top.FullName, "eng/build.sh"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        foreach (var file in _top.EnumerateFiles("*", SearchOption.AllDirectories))
            file.LastWriteTimeUtc = DateTime.UtcNow.AddMinutes(-1);
    }

    private int Builds => File.ReadLines(Path.Combine(_top.FullName, "builds")).Count();

    [Fact]
    public async Task It_builds_on_first_use_and_not_again()
    {
        Assert.Equal("ran get clusters\n", await RunAsync("get", "clusters"));
        Assert.Equal("ran version\n", await RunAsync("version"));

        Assert.Equal(1, Builds);
    }

    [Theory]
    [InlineData("src/Kops.Cli/Program.cs", 2)]
    [InlineData("src/Kops.Cli/New.cs", 2)]
    [InlineData("eng/Kops.Api.Generator/Generator.cs", 2)]
    [InlineData("Directory.Build.props", 2)]
    [InlineData("global.json", 2)]
    [InlineData("src/Kops.Cli/packages.lock.json", 1)]
    [InlineData("docs/design.md", 1)]
    public async Task It_builds_again_when_sources_changed_and_only_then(string file, int builds)
    {
        await RunAsync("version");

        Write(file, "changed");
        File.SetLastWriteTimeUtc(Path.Combine(_top.FullName, file), DateTime.UtcNow.AddMinutes(1));
        await RunAsync("version");

        Assert.Equal(builds, Builds);
    }

    public void Dispose() => _top.Delete(recursive: true);

    private void Write(string file, string content)
    {
        var path = Path.Combine(_top.FullName, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content.ReplaceLineEndings("\n") + "\n");
    }

    private async Task<string> RunAsync(params string[] arguments)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "./kops wants a Unix shell");
        var run = await new ProcessStartInfo(Path.Combine(_top.FullName, "kops"), arguments).RunAsync();
        Assert.True(run.ExitCode == 0, run.Error);
        return run.Out;
    }
}
