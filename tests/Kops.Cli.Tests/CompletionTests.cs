using Kops.Cli.Tests.Support;
using Xunit;

namespace Kops.Cli.Tests;

public sealed class CompletionTests : IDisposable
{
    private readonly Desk _desk = new();

    [Theory]
    [InlineData("version", "ver")]
    [InlineData("bash,fish,powershell,zsh", "completion", "")]
    [InlineData("--short", "version", "--sh")]
    [InlineData(":files", "version", "--config", "")]
    [InlineData("", "version", "")]
    [InlineData("", "no-such-command", "")]
    public async Task The_last_word_is_completed(string expected, params string[] words)
    {
        var run = await _desk.RunAsync(["__complete", .. words]);

        Assert.Equal(
            expected,
            string.Join(',', run.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t')[0]))
        );
        Assert.Empty(run.Error);
    }

    [Theory]
    [InlineData("bash")]
    [InlineData("fish")]
    [InlineData("powershell")]
    [InlineData("zsh")]
    public async Task Each_shell_has_a_script_that_asks_the_program(string shell)
    {
        var script = await _desk.RunAsync("completion", shell);
        var plain = await _desk.RunAsync("completion", shell, "--no-descriptions");

        Assert.Contains(" __complete ", script.Out, StringComparison.Ordinal);
        Assert.Contains(" __completeNoDesc ", plain.Out, StringComparison.Ordinal);
    }

    public void Dispose() => _desk.Dispose();
}
