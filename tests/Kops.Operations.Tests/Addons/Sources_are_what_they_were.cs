using System.Text;
using Kops.Operations.Addons;
using Kops.Operations.Events;

namespace Kops.Operations.Tests.Addons;

/// <summary>A source of addons is remembered at its first use, kept, and refused when it has changed.</summary>
public sealed class Sources_are_what_they_were : IDisposable
{
    private const string Address = "https://example.com/kops/v1.37.0.tar.gz";
    private const string Manifest = "limit-range.addons.k8s.io/v1.5.0.yaml";

    private readonly string _folder = Directory.CreateTempSubdirectory("kops-addons").FullName;
    private readonly List<OperationEvent> _told = [];
    private byte[] _served = SourceArchive.Of((Manifest, "a"));
    private int _fetched;

    private string Home => Path.Combine(_folder, "home");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task At_first_use_it_is_told_what_is_remembered()
    {
        var source = await Opener().OpenAsync(Address);

        Assert.Equal(
            $"addons are made from {Address}, SHA-256 {source.Sha256}, which is remembered: another one is refused",
            Assert.Single(_told, happened => happened.Level == EventLevel.Note).Message
        );
        _told.Clear();
        await Opener().OpenAsync(Address);
        Assert.Empty(_told);
    }

    [Fact]
    public async Task An_address_is_fetched_once()
    {
        var first = await Opener().OpenAsync(Address);
        _served = SourceArchive.Of((Manifest, "b"));

        var second = await Opener().OpenAsync(Address);

        Assert.Equal(1, _fetched);
        Assert.Equal((first.Sha256, first.AddonsSha256), (second.Sha256, second.AddonsSha256));
    }

    [Theory]
    [InlineData("an address")]
    [InlineData("an archive")]
    [InlineData("a folder")]
    public async Task One_that_changed_is_refused_with_both_hashes_until_its_user_accepts_it(string kind)
    {
        var name = await PutAsync(kind, "a");
        var before = await Opener().OpenAsync(name);
        await PutAsync(kind, "b");
        ForgetWhatIsKept();

        var refused = (await Assert.ThrowsAsync<OperationException>(() => Opener().OpenAsync(name))).Message;

        Assert.Contains(before.Sha256, refused, StringComparison.Ordinal);
        var after = refused[(refused.LastIndexOf("--addons-sha256 ", StringComparison.Ordinal) + 16)..].Split(' ')[0];
        Assert.NotEqual(before.Sha256, after);
        Assert.Equal(after, (await Opener().OpenAsync(name, after.ToUpperInvariant())).Sha256);
        Assert.Equal(after, (await Opener().OpenAsync(name)).Sha256);
        Assert.Contains(before.Sha256, (await RefusalAsync(name, before.Sha256)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_kept_and_was_changed_by_somebody_is_fetched_again()
    {
        var before = await Opener().OpenAsync(Address);
        await File.WriteAllBytesAsync(Kept().Single(), SourceArchive.Of((Manifest, "evil")));

        Assert.Equal(before.AddonsSha256, (await Opener().OpenAsync(Address)).AddonsSha256);
        Assert.Equal(before.AddonsSha256, (await Opener().OpenAsync(Address)).AddonsSha256);
        Assert.Equal(2, _fetched);
    }

    [Fact]
    public async Task Of_many_that_first_use_one_at_the_same_time_all_have_the_same_or_are_refused()
    {
        var archives = Enumerable.Range(0, 16).Select(number => SourceArchive.Of((Manifest, $"{number}"))).ToList();

        var opened = await Task.WhenAll(
            archives.Select(archive => Task.Run(() => TryAsync(new SourceOpener(Home) { Fetch = (_, _) => Bytes(archive) })))
        );

        var sha256 = Assert.Single(opened.OfType<UserSource>().Select(source => source.Sha256).Distinct());
        Assert.Equal(sha256, (await Opener().OpenAsync(Address)).Sha256);
        Assert.Single(Pins());
    }

    [Fact]
    public async Task Where_nothing_can_be_remembered_that_is_told_unless_the_user_says_what_it_is()
    {
        // A folder cannot be made where a file lies.
        await File.WriteAllTextAsync(Home, string.Empty);

        var source = await Opener().OpenAsync(Address);
        Assert.Contains("cannot be remembered", Assert.Single(_told, IsWarning).Message, StringComparison.Ordinal);
        _told.Clear();
        await Opener().OpenAsync(Address, source.Sha256);
        Assert.DoesNotContain(_told, IsWarning);
    }

    [Fact]
    public async Task Without_a_home_what_the_user_says_still_counts()
    {
        var homeless = new SourceOpener(null) { Fetch = (_, _) => Bytes(_served), Tell = _told.Add };
        var source = await homeless.OpenAsync(Address);

        Assert.Contains("HOME", Assert.Single(_told, IsWarning).Message, StringComparison.Ordinal);
        Assert.Equal(source.Sha256, (await homeless.OpenAsync(Address, source.Sha256)).Sha256);
        await Assert.ThrowsAsync<OperationException>(() => homeless.OpenAsync(Address, new string('0', 64)));
    }

    [Fact]
    public async Task What_was_remembered_and_cannot_be_read_is_not_passed_over()
    {
        await Opener().OpenAsync(Address);
        await File.WriteAllTextAsync(Pins().Single(), "name: nonsense\n");

        Assert.Contains("remove the file", await RefusalAsync(Address), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_says_not_found_with_status_200_is_refused_and_not_remembered()
    {
        _served = Encoding.UTF8.GetBytes("<!DOCTYPE html><title>404: Not Found</title>");

        Assert.Contains("no archive", await RefusalAsync(Address), StringComparison.Ordinal);
        Assert.Empty(Pins());
        Assert.Empty(Kept());
    }

    [Theory]
    [InlineData("http://example.com/kops.tar.gz", "can change on the way")]
    [InlineData("s3://bucket/kops.tar.gz", "an https:// address")]
    [InlineData("https://user:hunter2@example.com/kops.tar.gz", "has a password")]
    [InlineData("https://example.com/kops.tar.gz?token=hunter2", "or a query")]
    [InlineData("https://example.com/kops.tar.gz#hunter2", "or a query")]
    [InlineData("https://", "no address")]
    [InlineData("/there/is/no/such/file", "there is no source of addons")]
    [InlineData("/tmp/a\u001b[2Jb", "neither a path nor an address")]
    [InlineData("", "neither a path nor an address")]
    public async Task What_is_no_safe_place_is_refused_before_anything_is_fetched(string name, string reason)
    {
        var refused = await RefusalAsync(name);

        Assert.Contains(reason, refused, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", refused, StringComparison.Ordinal);
        Assert.Equal(0, _fetched);
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("gggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggg")]
    public async Task What_the_user_says_has_to_be_a_hash(string accepted) =>
        Assert.Contains("64 digits", await RefusalAsync(Address, accepted), StringComparison.Ordinal);

    [Fact]
    public async Task The_source_of_another_kOps_is_told_to_be_one()
    {
        var folder = await PutAsync("a folder", "a");
        await File.WriteAllTextAsync(Path.Combine(folder, "kops-version.go"), "KOPS_RELEASE_VERSION = \"1.30.1\"");

        await Opener().OpenAsync(folder);

        Assert.Contains("the source of kOps 1.30.1", Assert.Single(_told, IsWarning).Message, StringComparison.Ordinal);
    }

    private static bool IsWarning(OperationEvent happened) => happened.Level == EventLevel.Warning;

    private SourceOpener Opener() =>
        new(Home)
        {
            Fetch = (_, _) =>
            {
                _fetched++;
                return Bytes(_served);
            },
            Tell = _told.Add,
        };

    private static Task<ReadOnlyMemory<byte>> Bytes(byte[] archive) => Task.FromResult<ReadOnlyMemory<byte>>(archive);

    private static async Task<UserSource?> TryAsync(SourceOpener opener)
    {
        try
        {
            return await opener.OpenAsync(Address);
        }
        catch (OperationException)
        {
            return null;
        }
    }

    private async Task<string> RefusalAsync(string name, string? accepted = null) =>
        (await Assert.ThrowsAsync<OperationException>(() => Opener().OpenAsync(name, accepted))).Message;

    private async Task<string> PutAsync(string kind, string text)
    {
        switch (kind)
        {
            case "an address":
                _served = SourceArchive.Of((Manifest, text));
                return Address;
            case "an archive":
                var archive = Path.Combine(_folder, "kops.tar.gz");
                await File.WriteAllBytesAsync(archive, SourceArchive.Of((Manifest, text)));
                return archive;
            default:
                var folder = Path.Combine(_folder, "kops");
                var file = Path.Combine(folder, Kops.Build.Addons.Sources.AddonSource.Folder, Manifest);
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                await File.WriteAllTextAsync(file, text);
                return folder;
        }
    }

    private string[] Pins() =>
        Directory.Exists(Path.Combine(Home, "pins"))
            ? [.. Directory.GetFiles(Path.Combine(Home, "pins")).Where(file => Path.GetFileName(file) != ".lock")]
            : [];

    private string[] Kept() => Directory.Exists(Home) ? Directory.GetFiles(Home, "*.tar.gz") : [];

    private void ForgetWhatIsKept()
    {
        foreach (var file in Kept())
            File.Delete(file);
    }
}
