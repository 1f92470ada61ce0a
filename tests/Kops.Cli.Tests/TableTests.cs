using Kops.Cli.Hosting;
using Kops.Cli.Output;
using Xunit;

namespace Kops.Cli.Tests;

public sealed class TableTests
{
    private static readonly string[][] s_rows =
    [
        ["demo.example.com", "us-east-1a,us-east-1b,us-east-1c,us-east-1d,us-east-1e,us-east-1f", "update cluster demo.example.com --yes"],
    ];

    [Fact]
    public void A_table_for_a_file_is_kOps_however_wide_it_is()
    {
        var text = Table(isTerminal: false, 40);

        Assert.Equal(2, text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains('\t', text);
    }

    [Theory]
    [InlineData(40)]
    [InlineData(60)]
    [InlineData(80)]
    public void A_table_on_a_terminal_is_no_wider_than_it_and_holds_all(int width)
    {
        var text = Table(isTerminal: true, width);

        Assert.All(text.Split('\n'), line => Assert.True(line.Length <= width, line));
        var letters = string.Concat(text.Where(char.IsLetterOrDigit).Order());
        Assert.Equal(
            string.Concat(string.Concat(s_rows[0].Concat(["NAME", "ZONES", "WHAT"])).Where(char.IsLetterOrDigit).Order()),
            letters
        );
    }

    [Fact]
    public void A_table_that_fits_the_terminal_is_as_in_a_file() =>
        Assert.Equal(Table(isTerminal: false, 200), Table(isTerminal: true, 200));

    private static string Table(bool isTerminal, int width)
    {
        using var output = new StringWriter();
        var console = new KopsConsole(TextReader.Null, output, TextWriter.Null)
        {
            IsOutputTerminal = isTerminal,
            OutputWidth = () => width,
        };
        TextTable.Write(console, ["NAME", "ZONES", "WHAT"], s_rows);
        return output.ToString();
    }
}
