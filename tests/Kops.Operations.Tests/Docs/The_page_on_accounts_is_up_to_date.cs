using System.Runtime.CompilerServices;
using System.Text;
using Kops.Operations.Access;
using Kops.Operations.Access.Policies;
using Kops.Vfs.Setup;

namespace Kops.Operations.Tests.Docs;

/// <summary>The table of statements in docs/accounts.md is generated: run these tests with KOPS_UPDATE_DOCS=1 to write it anew.</summary>
public sealed class The_page_on_accounts_is_up_to_date
{
    private const string AzureContainers = "Microsoft.Storage/storageAccounts/blobServices/containers/";

    private const string Start = "<!-- statements -->\n";
    private const string End = "<!-- end -->";

    [Fact]
    public void So_says_the_code()
    {
        var path = Path.Combine(Path.GetDirectoryName(Here())!, "..", "..", "..", "docs", "accounts.md");
        var page = File.ReadAllText(path);
        var (from, to) = (page.IndexOf(Start, StringComparison.Ordinal) + Start.Length, page.IndexOf(End, StringComparison.Ordinal));
        var expected = page[..from] + Table() + page[to..];
        if (Environment.GetEnvironmentVariable("KOPS_UPDATE_DOCS") == "1")
            File.WriteAllText(path, expected);

        Assert.True(File.ReadAllText(path) == expected, "docs/accounts.md is out of date: run these tests with KOPS_UPDATE_DOCS=1");
    }

    private static string Table()
    {
        var text = new StringBuilder("| statement | modes | rights | why |\n| --- | --- | --- | --- |\n");
        foreach (var need in AccessNeed.All)
        {
            var modes = string.Join(", ", need.Modes.Select(mode => mode.ToString().ToLowerInvariant()));
            text.Append($"| `{need.Name}` | {modes} | {string.Join(", ", need.Rights)} | {need.Reason} |\n");
        }

        text.Append("\n| right |");
        foreach (var cloud in PolicyCloud.All)
            text.Append($" {cloud.Name} |");
        text.Append("\n| --- |").Insert(text.Length, " --- |", PolicyCloud.All.Count).Append('\n');
        foreach (var right in Enum.GetValues<StoreRight>())
        {
            text.Append($"| {right} |");
            foreach (var cloud in PolicyCloud.All)
                text.Append($" {Words(cloud.Words(right))} |");
            text.Append('\n');
        }

        return text.ToString();
    }

    private static string Words(IReadOnlyCollection<string> words) =>
        words.Count == 0
            ? "none"
            : string.Join(", ", words.Select(word => $"`{word.Replace(AzureContainers, null, StringComparison.Ordinal)}`"));

    private static string Here([CallerFilePath] string path = "") => path;
}
