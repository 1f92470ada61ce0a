using Kops.Cli.Tests.Support;
using Xunit;

namespace Kops.Cli.Tests;

/// <summary>What is not here is handed to kOps' own program, where the user has said where that is.</summary>
public sealed class FallbackTests : IDisposable
{
    private readonly Desk _desk = new();

    public void Dispose() => _desk.Dispose();

    [Theory]
    [InlineData("rolling-update", "cluster", "demo.example.com", "--yes", "--cloudonly")]
    [InlineData("validate", "cluster", "--wait", "10m")]
    [InlineData("rolling-update", "cluster", "--help")]
    public async Task A_command_that_is_not_here_is_run_by_the_program_that_KOPS_FALLBACK_names(params string[] arguments)
    {
        _desk.Environment["KOPS_FALLBACK"] = Program();
        _desk.Environment["KOPS_STATE_STORE"] = "s3://clusters/";

        var run = await _desk.RunAsync(arguments);

        Assert.Equal(7, run.ExitCode);
        Assert.Equal([.. arguments, "s3://clusters"], File.ReadAllLines(_desk.PathOf("said")));
        Assert.Equal(
            $"kops {(arguments[0] == "validate" ? "validate" : "rolling-update")} is not here yet: running "
                + $"{_desk.PathOf("kops-go")} (KOPS_FALLBACK).\n",
            run.Error
        );
        Assert.Empty(run.Out);
    }

    [Fact]
    public async Task The_configuration_file_names_it_too_and_the_store_of_that_file_is_handed_on()
    {
        _desk.Write(".kops/config", $"kops_state_store: file:///srv/state\nfallback: {Program()}\n");

        var run = await _desk.RunAsync("validate", "cluster", "demo.example.com");

        Assert.Equal(7, run.ExitCode);
        Assert.Equal(["validate", "cluster", "demo.example.com", "file:///srv/state"], File.ReadAllLines(_desk.PathOf("said")));
    }

    [Fact]
    public async Task A_command_that_is_here_is_not_handed_on()
    {
        _desk.Environment["KOPS_FALLBACK"] = Program();

        Assert.Equal(0, (await _desk.RunAsync("version")).ExitCode);
        Assert.False(File.Exists(_desk.PathOf("said")));
    }

    [Fact]
    public async Task Without_it_the_refusal_says_how_to_have_it()
    {
        var run = await _desk.RunAsync("rolling-update", "cluster", "demo.example.com");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("name kOps' own program in KOPS_FALLBACK", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("kops", "must be the path of kOps' own program")]
    [InlineData("/nowhere/kops", "KOPS_FALLBACK names /nowhere/kops, which is not there")]
    public async Task A_program_that_is_not_there_is_an_error_that_says_so(string path, string message)
    {
        _desk.Environment["KOPS_FALLBACK"] = path;

        var run = await _desk.RunAsync("rolling-update", "cluster", "demo.example.com");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task This_program_does_not_hand_on_to_itself()
    {
        var path = _desk.PathOf("kops-again");
        File.CreateSymbolicLink(path, Environment.ProcessPath!);
        _desk.Environment["KOPS_FALLBACK"] = path;

        var run = await _desk.RunAsync("rolling-update", "cluster", "demo.example.com");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("KOPS_FALLBACK names this program itself", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_version_is_told_by_a_flag_too() =>
        Assert.Equal((await _desk.RunAsync("version")).Out, (await _desk.RunAsync("--version")).Out);

    /// <summary>In place of kOps: tells its words and its store.</summary>
    private string Program()
    {
        var path = _desk.Write("kops-go", "#!/bin/sh\nprintf '%s\\n' \"$@\" \"$KOPS_STATE_STORE\" >\"$HOME/said\"\nexit 7\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }
}
