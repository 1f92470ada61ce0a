using System.Diagnostics;
using Kops.Cli.Tests.Support;
using Xunit;

namespace Kops.Cli.Tests;

/// <summary>The completion scripts in the shells that they are for, where these are installed.</summary>
public sealed class ShellCompletionTests : IDisposable
{
    private readonly Desk _desk = new();

    [Theory]
    [InlineData(
        "bash",
        "source <(kops completion bash); complete -p kops >/dev/null || exit 9; COMP_WORDS=(kops get all 'd'); COMP_CWORD=3; _kops; "
            + "printf '%s\\n' \"${COMPREPLY[@]}\""
    )]
    [InlineData("fish", "kops completion fish | source; complete -C 'kops get all d'")]
    [InlineData(
        "zsh",
        "compdef() { :; }; _describe() { print -rl -- ${(P)@[-1]}; }; source <(kops completion zsh); words=(kops get all d); CURRENT=4; "
            + "_kops"
    )]
    public async Task The_name_of_a_cluster_is_completed(string shell, string script)
    {
        await _desk.CreateAsync();

        Assert.Equal("demo.example.com", (await RunAsync(shell, script)).Trim());
    }

    [Theory]
    [InlineData(
        "bash",
        "source <(kops completion bash); COMP_WORDS=(kops get all --output = ya); COMP_CWORD=5; _kops; printf '%s\\n' \"${COMPREPLY[@]}\"",
        "yaml"
    )]
    [InlineData("fish", "kops completion fish | source; complete -C 'kops vers'", "version\tPrint the version")]
    [InlineData(
        "zsh",
        "compdef() { :; }; _describe() { print -rl -- ${(P)@[-1]}; }; source <(kops completion zsh); words=(kops vers); CURRENT=2; _kops",
        "version:Print the version"
    )]
    [InlineData(
        "zsh",
        "compdef() { :; }; _files() { print files; }; source <(kops completion zsh); words=(kops create -f ''); CURRENT=4; _kops",
        "files"
    )]
    public async Task Commands_values_and_files_are_completed(string shell, string script, string expected) =>
        Assert.Equal(expected, (await RunAsync(shell, script)).Trim());

    public void Dispose() => _desk.Dispose();

    private async Task<string> RunAsync(string shell, string script)
    {
        var path = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
            .Split(':')
            .Select(directory => Path.Combine(directory, shell))
            .FirstOrDefault(File.Exists);
        if (path is null)
            Assert.Skip($"{shell} is not installed (Debian: apt-get install {shell})");
        var start = new ProcessStartInfo(path, shell == "zsh" ? ["-f", "-c", script] : ["-c", script]);
        foreach (var (name, value) in _desk.Environment)
            start.Environment[name] = value;

        // The program beside the tests comes first.
        start.Environment["PATH"] = $"{AppContext.BaseDirectory}:{start.Environment["PATH"]}";
        var run = await start.RunAsync();
        Assert.True(run.ExitCode == 0, run.Error);
        return run.Out;
    }
}
