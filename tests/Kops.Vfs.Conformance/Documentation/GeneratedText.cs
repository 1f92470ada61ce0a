using System.Runtime.CompilerServices;
using Xunit;

namespace Kops.Vfs.Conformance.Documentation;

/// <summary>
/// Parts of <c>docs/ </c> that are made from code. They are compared, or written anew where <c>KOPS_ACCEPT_DOCS=1 </c> is set.
/// </summary>
internal static class GeneratedText
{
    private const string Variable = "KOPS_ACCEPT_DOCS";
    private static readonly Lock Gate = new();

    /// <summary>Checks one row of a table, which its first cell tells apart from the others.</summary>
    /// <param name="page">The page below <c>docs/</c>.</param>
    /// <param name="row">The row.</param>
    public static void CheckRow(string page, string row)
    {
        var name = row[..(row.IndexOf('|', 1) + 1)];
        Check(
            page,
            text =>
            {
                var lines = text.Split('\n').ToList();
                var at = lines.FindIndex(line => line.StartsWith(name, StringComparison.Ordinal));
                if (at >= 0)
                    lines[at] = row;
                else
                    lines.Insert(lines.FindLastIndex(line => line.StartsWith('|')) + 1, row);
                return string.Join('\n', lines);
            }
        );
    }

    /// <summary>Checks the part between <c>&lt;!-- generated: name --&gt;</c> and <c>&lt;!-- end --&gt;</c>.</summary>
    public static void CheckPart(string page, string name, string part)
    {
        var (from, to) = ($"<!-- generated: {name} -->\n", "<!-- end -->");
        Check(
            page,
            text =>
            {
                var start = text.IndexOf(from, StringComparison.Ordinal);
                Assert.True(start >= 0, $"docs/{page} has no line '{from.Trim()}'");
                start += from.Length;
                return text[..start] + part + text[text.IndexOf(to, start, StringComparison.Ordinal)..];
            }
        );
    }

    private static void Check(string page, Func<string, string> change)
    {
        var path = Path.Combine(Root(), "docs", page);
        lock (Gate)
        {
            var text = File.ReadAllText(path);
            var wanted = change(text);
            if (wanted == text)
                return;
            Assert.True(
                Environment.GetEnvironmentVariable(Variable) == "1",
                $"docs/{page} is out of date; write it again with {Variable}=1 ./test Vfs Cli"
            );
            File.WriteAllText(path, wanted);
        }
    }

    private static string Root([CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "../../.."));
}
