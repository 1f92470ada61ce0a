using Kops.Cli.Tests.Support;
using Xunit;

namespace Kops.Cli.Tests.Terraform;

/// <summary>docs/terraform.md: its samples run, with the facts that it shows.</summary>
public sealed class The_page_on_Terraform : IDisposable
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

    public void Dispose() => _desk.Dispose();
}
