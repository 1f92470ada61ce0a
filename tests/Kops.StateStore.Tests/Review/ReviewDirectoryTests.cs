using System.Diagnostics;
using Kops.StateStore.Errors;
using Kops.StateStore.Review;
using Xunit;

namespace Kops.StateStore.Tests.Review;

/// <summary>What somebody laid into a directory for review harms nobody who pulls into it or pushes from it.</summary>
public sealed class ReviewDirectoryTests : IDisposable
{
    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("kops-review-");

    private ReviewDirectory Review => new(_home.FullName);

    public void Dispose() => _home.Delete(recursive: true);

    [Fact]
    public async Task A_pipe_is_refused_and_not_waited_for()
    {
        if (OperatingSystem.IsWindows())
            return; // There are no such pipes.
        using (var made = Process.Start("mkfifo", [Review.PathOf("pipe")]))
            await made.WaitForExitAsync();

        var refused = Assert.Throws<StateStoreException>(() => Review.Read("pipe"));

        Assert.Contains("a pipe", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_written_through_a_link_where_a_draft_would_stand()
    {
        var bait = Path.Combine(_home.FullName, "bait");
        File.WriteAllText(bait, "somebody else's");
        File.CreateSymbolicLink(Review.PathOf("file.kops-new"), bait);

        Review.Write("file", "mine"u8.ToArray());

        Assert.Equal("somebody else's", File.ReadAllText(bait));
        Assert.Equal("mine", File.ReadAllText(Review.PathOf("file")));
        Assert.Null(new FileInfo(Review.PathOf("file")).LinkTarget);
    }

    [Theory]
    [InlineData("kind: ConfigMap\n", false)]
    [InlineData("{kind: Secret}\n", true)]
    public void What_holds_a_secret_is_for_its_owner_alone(string text, bool isPrivate)
    {
        if (OperatingSystem.IsWindows())
            return; // There are no such modes.

        Review.Write("addons.yaml", System.Text.Encoding.UTF8.GetBytes(text));

        var others = File.GetUnixFileMode(Review.PathOf("addons.yaml")) & (UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        Assert.Equal(isPrivate, others is UnixFileMode.None);
    }
}
