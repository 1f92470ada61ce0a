using Kops.Cli.Tests.Support;
using Xunit;

namespace Kops.Cli.Tests.Terraform;

/// <summary>docs/terraform.md: its samples run, with the facts that it shows.</summary>
public sealed class The_page_on_Terraform : IAsyncLifetime
{
    private readonly string _page = PageSamples.Read("terraform.md");
    private readonly TerraformDesk _desk = new();

    [Fact]
    public async Task Shows_what_its_samples_say()
    {
        // The folder lies in a place of the test's own.
        await PageSamples.RunAsync(_desk.Desk, _page.Replace(" infra", " " + _desk.Out, StringComparison.Ordinal));
    }

    [Fact]
    public void Shows_the_facts_that_are_enough() => Assert.Contains(TerraformDesk.Facts.Trim(), _page, StringComparison.Ordinal);

    [Theory]
    [InlineData("minimal-aws")]
    [InlineData("private-aws", "--topology", "private", "--bastion", "--networking", "cilium")]
    public async Task Shows_pictures_as_they_are_drawn(string picture, params string[] flags)
    {
        var (name, file) = ($"{picture}.example.com", PageSamples.PathOf($"pictures/{picture}.svg"));
        await _desk.Desk.RunAsync(["create", "cluster", name, "--zones", "us-east-1a", .. flags]);

        var run = await _desk.Desk.RunAsync("toolbox", "graph", name);

        Assert.True(run.ExitCode == 0, run.Error);
        if (Environment.GetEnvironmentVariable("KOPS_ACCEPT_DOCS") == "1")
            await File.WriteAllTextAsync(file, run.Out, TestContext.Current.CancellationToken);
        Assert.True(
            run.Out == await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken),
            $"{file}: KOPS_ACCEPT_DOCS=1 draws it anew"
        );
        Assert.Contains($"](pictures/{picture}.svg)", _page, StringComparison.Ordinal);
    }

    public ValueTask InitializeAsync() => _desk.StartAsync();

    public ValueTask DisposeAsync() => _desk.DisposeAsync();
}
