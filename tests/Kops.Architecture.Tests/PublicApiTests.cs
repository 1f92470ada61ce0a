using Xunit;

namespace Kops.Architecture.Tests;

/// <summary>
/// What the libraries offer to the outside stands in one file each, so that a change of it is seen in review.
/// <c>KOPS_ACCEPT_API=1 ./test Architecture</c> writes the files anew. (The analyzer that does this for written code does not see
/// generated members, which most of ours are.)
/// </summary>
public sealed class PublicApiTests
{
    public static TheoryData<string> Libraries() =>
        [.. FloorTests.Projects().Select(row => row.Data).Where(project => project != "Kops.Cli")];

    [Theory]
    [MemberData(nameof(Libraries))]
    public void The_public_api_is_the_one_on_file(string library)
    {
        var file = Path.Combine(Repository.Root, "src", library, "PublicApi.txt");
        var actual = PublicApi.Describe(Repository.Assembly(library));
        if (Environment.GetEnvironmentVariable("KOPS_ACCEPT_API") == "1")
            File.WriteAllText(file, actual);

        Assert.True(File.Exists(file), $"no {file}; KOPS_ACCEPT_API=1 ./test Architecture writes it");
        Assert.Equal(File.ReadAllText(file), actual);
    }
}
