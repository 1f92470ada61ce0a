using System.Runtime.CompilerServices;
using Xunit;

namespace Kops.Cli.Tests.Support;

/// <summary>The samples of a page for users: what stands behind each <c>$ kops</c> is run, and says what the page says.</summary>
internal static class PageSamples
{
    private const string Prompt = "$ kops ";

    public static string Read(string page) => File.ReadAllText(PathOf(page));

    public static string PathOf(string page, [CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "docs", page);

    /// <summary>The blocks of a language.</summary>
    public static IEnumerable<string> Blocks(string page, string language) =>
        page.Split($"```{language}\n").Skip(1).Select(block => block.Split("```")[0]);

    /// <summary>Runs the samples in their order. Dots stand for what is not shown.</summary>
    public static async Task RunAsync(Desk desk, string page)
    {
        foreach (var sample in Blocks(page, "console").SelectMany(block => ("\n" + block).Split("\n" + Prompt).Skip(1)))
        {
            var lines = sample.Split('\n');
            var run = await desk.RunAsync(lines[0].Split(' ', StringSplitOptions.RemoveEmptyEntries));
            var at = 0;
            foreach (
                var shown in string.Join('\n', lines.Skip(1))
                    .Split("...", StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            )
            {
                var found = run.Out.IndexOf(shown, at, StringComparison.Ordinal);
                Assert.True(found >= 0, $"kops {lines[0]}\nsays\n{run.Out}{run.Error}\nand not\n{shown}");
                at = found + shown.Length;
            }
        }
    }
}
