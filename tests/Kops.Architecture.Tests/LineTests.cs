using Xunit;

namespace Kops.Architecture.Tests;

/// <summary>No line of C# is longer than <c>.editorconfig</c> says: CSharpier keeps code to it, this keeps texts to it.</summary>
public sealed class LineTests
{
    [Theory]
    [InlineData("src")]
    [InlineData("tests")]
    [InlineData("bench")]
    [InlineData("eng")]
    [InlineData("samples")]
    public void No_line_is_longer_than_the_limit(string folder)
    {
        var limit = Limit();

        var longer =
            from file in Repository.Sources(folder)
            from line in File.ReadLines(file).Index()
            where line.Item.Length > limit
            select $"{Path.GetRelativePath(Repository.Root, file)}:{line.Index + 1} has {line.Item.Length} characters";

        Assert.Empty(longer);
    }

    private static int Limit()
    {
        const string Setting = "max_line_length = ";
        var line = File.ReadLines(Path.Combine(Repository.Root, ".editorconfig"))
            .SkipWhile(line => line != "[*.cs]")
            .First(line => line.StartsWith(Setting, StringComparison.Ordinal));
        return int.Parse(line[Setting.Length..], System.Globalization.CultureInfo.InvariantCulture);
    }
}
