using Xunit;

namespace Kops.Release.Tests.Packages;

/// <summary>What the pages show is what a reader can build and run, from the packages alone.</summary>
public sealed class PageTests(Samples samples)
{
    public static TheoryData<string> Programs() => [.. PagePrograms.All().Select(program => program.Name)];

    [Theory]
    [MemberData(nameof(Programs))]
    public async Task A_program_of_a_page_runs_and_says_what_its_comments_say(string name)
    {
        var token = TestContext.Current.CancellationToken;
        var program = PagePrograms.All().Single(program => program.Name == name);
        var environment = program.Code.Contains("GetEnvironmentVariable", StringComparison.Ordinal)
            ? await samples.BucketAsync(token)
            : new Dictionary<string, string>();

        var output = await SampleProcess.RunAsync(await samples.ProgramAsync(name), [], environment, token);

        var said = program.Code.Split('\n').Where(line => line.Contains("WriteLine(", StringComparison.Ordinal) && line.Contains("); // "));
        Assert.Equal(string.Concat(said.Select(line => line.Split("); // ")[1] + "\n")), output);
    }

    [Fact]
    public void Every_block_of_the_page_on_the_libraries_is_one_of_them()
    {
        var blocks = File.ReadAllLines(Repository.At("docs/library.md")).Count(line => line.StartsWith("```c", StringComparison.Ordinal));

        Assert.Equal(blocks, PagePrograms.All().Count(program => program.Name.StartsWith("docs-library-", StringComparison.Ordinal)));
    }
}
