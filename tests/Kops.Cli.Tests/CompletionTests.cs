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

    [Theory]
    [InlineData("us-east-1a", "create", "cluster", "--zones", "us-east-1a")]
    [InlineData("us-east-1a,us-east-1b", "create", "cluster", "--zones", "us-east-1a,us-east-1b")]
    [InlineData("spec.kubernetesVersion=", "edit", "cluster", "--set", "spec.kubernetesV")]
    [InlineData("spec.networking.calico.", "edit", "cluster", "--set", "spec.networking.cali")]
    [InlineData("spec.subnets[", "edit", "cluster", "--set", "spec.subnet")]
    [InlineData("spec.subnets[0].cidr=", "edit", "cluster", "--set", "spec.subnets[0].ci")]
    [InlineData("spec.sshKeyName", "edit", "cluster", "--unset", "spec.sshK")]
    [InlineData("spec.maxSize=", "edit", "ig", "nodes", "--set", "spec.maxS")]
    public async Task Zones_and_fields_are_completed(string expected, params string[] words)
    {
        var run = await _desk.RunAsync(["__complete", .. words]);

        Assert.Contains(expected, run.Out.Split('\n').Select(line => line.Split('\t')[0]));
    }

    [Fact]
    public async Task The_names_of_changes_are_completed()
    {
        await _desk.CreateAsync();
        var id = (await _desk.RunAsync("history")).Out.Split('\n')[1].Split('\t')[0];

        var run = await _desk.RunAsync("__complete", "undo", id[..4]);

        Assert.Contains(id, run.Out, StringComparison.Ordinal);
    }

    public void Dispose() => _desk.Dispose();
}
