using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Kops.Build.Addons.Sources;
using Kops.Operations.Addons;

namespace Kops.Operations.Tests.Addons;

/// <summary>What is read of folders and archives that are said to be a source of kOps, and what is refused.</summary>
public sealed class Sources_of_addons_are_hostile_until_proven_otherwise : IDisposable
{
    private const string Coredns = "coredns.addons.k8s.io/k8s-1.12.yaml.template";
    private const string Below = "kops-1.37.0/" + AddonSource.Folder;

    private readonly string _folder = Directory.CreateTempSubdirectory("kops-addons").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void An_archive_gives_its_addons_and_nothing_else() =>
        Assert.Equal([Coredns], Read(File(Below + Coredns, "a"), File("kops-1.37.0/README.md", "b")).Paths);

    [Fact]
    public void An_archive_without_a_folder_around_it_is_taken_too() =>
        Assert.Equal([Coredns], Read(File(AddonSource.Folder + Coredns, "a")).Paths);

    [Theory]
    [InlineData("../../../etc/passwd")]
    [InlineData("a/../../b")]
    [InlineData("a//b")]
    [InlineData("./a")]
    [InlineData("a\\b")]
    [InlineData("a\u001b[2Jb")]
    public void A_path_that_leads_elsewhere_is_refused(string place) =>
        Assert.Contains("no plain one", Refused(File(Below + place, "a")), StringComparison.Ordinal);

    [Theory]
    [InlineData(TarEntryType.SymbolicLink)]
    [InlineData(TarEntryType.HardLink)]
    public void A_link_among_the_addons_is_refused(TarEntryType type) =>
        Assert.Contains("links", Refused(new PaxTarEntry(type, Below + Coredns) { LinkName = "/etc/passwd" }), StringComparison.Ordinal);

    [Fact]
    public void A_file_that_is_there_twice_is_refused() =>
        Assert.Contains("twice", Refused(File(Below + Coredns, "a"), File(Below + Coredns, "b")), StringComparison.Ordinal);

    [Fact]
    public void A_file_that_is_too_long_is_refused() =>
        Assert.Contains("longer than", Refused(File(Below + Coredns, new string('a', (8 << 20) + 1))), StringComparison.Ordinal);

    [Fact]
    public void What_unpacks_without_end_is_stopped()
    {
        using var archive = new MemoryStream();
        using (var zip = new GZipStream(archive, CompressionLevel.Fastest, leaveOpen: true))
        {
            var entry = new byte[1 << 20];
            for (var i = 0; i < 1100; i++)
            {
                var header = Header($"kops-1.37.0/{i}", (1 << 20) - 512);
                header.CopyTo(entry, 0);
                zip.Write(entry);
            }
        }

        Assert.Contains("unpacks to more", Refusal(archive.ToArray()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no archive")]
    public void What_is_no_archive_is_said_to_be_none(string text) =>
        Assert.Contains("source.tar.gz: ", Refusal(Encoding.UTF8.GetBytes(text)), StringComparison.Ordinal);

    [Fact]
    public void A_source_without_addons_says_what_is_missing() =>
        Assert.Contains(AddonSource.Folder, Refused(File("kops-1.37.0/README.md", "b")), StringComparison.Ordinal);

    [Fact]
    public void A_folder_gives_the_same_addons_and_its_links_are_not_followed()
    {
        Put(Coredns, "a");
        System.IO.File.CreateSymbolicLink(Path.Combine(_folder, AddonSource.Folder, "link.yaml"), "/etc/passwd");

        Assert.Equal([Coredns], SourceReader.ReadFolder(_folder).Addons.Paths);
    }

    [Fact]
    public void A_source_that_changed_is_refused_with_both_hashes()
    {
        var pins = new SourcePins(Path.Combine(_folder, "home", "addon-sources"));
        Put(Coredns, "a");
        var before = UserSource.OfFolder(_folder);

        Assert.True(pins.Check(before));
        Assert.False(pins.Check(before));
        Put(Coredns, "b");
        var after = UserSource.OfFolder(_folder);
        var refused = Assert.Throws<OperationException>(() => pins.Check(after)).Message;
        Assert.Contains(before.Sha256, refused, StringComparison.Ordinal);
        Assert.Contains(after.Sha256, refused, StringComparison.Ordinal);
    }

    [Fact]
    public void An_archive_is_known_by_its_own_hash()
    {
        var archive = Archive(File(Below + Coredns, "a"));

        Assert.Equal(
            Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(archive)),
            UserSource.OfArchive("source.tar.gz", archive).Sha256
        );
    }

    [Fact]
    public void An_archive_that_was_cut_anywhere_is_refused()
    {
        var archive = Archive(
            File(Below + Coredns, "a"),
            File("kops-1.37.0/README.md", new string('b', 5000)),
            File(Below + "b.yaml", "c")
        );

        Assert.All(Enumerable.Range(0, archive.Length), length => Assert.NotNull(Refusal(archive[..length])));
    }

    [Fact]
    public void An_archive_whose_bytes_changed_on_the_way_is_refused_or_read_as_another()
    {
        var archive = Archive(File(Below + Coredns, "a"), File(Below + "b.yaml", "c"));
        var expected = UserSource.OfArchive("source.tar.gz", archive);

        Assert.All(
            Enumerable.Range(0, archive.Length),
            at =>
            {
                var changed = archive.ToArray();
                changed[at] ^= 0x55;
                try
                {
                    Assert.NotEqual(expected.Sha256, UserSource.OfArchive("source.tar.gz", changed).Sha256);
                }
                catch (OperationException) { }
            }
        );
    }

    [Fact]
    public void An_archive_with_more_entries_than_sources_have_is_refused()
    {
        using var archive = new MemoryStream();
        using (var zip = new GZipStream(archive, CompressionLevel.Fastest, leaveOpen: true))
        {
            var header = Header("kops-1.37.0/a", 0);
            for (var i = 0; i < 200_001; i++)
                zip.Write(header);
        }

        Assert.Contains("more than 200000 entries", Refusal(archive.ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public void An_archive_that_is_all_zeros_is_read_no_further_than_the_limit()
    {
        using var archive = new MemoryStream();
        using (var zip = new GZipStream(archive, CompressionLevel.Fastest, leaveOpen: true))
        {
            var zeros = new byte[1 << 20];
            for (var i = 0; i < 1100; i++)
                zip.Write(zeros);
        }

        Assert.Contains("unpacks to more", Refusal(archive.ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_source_says_its_version_in_the_file_that_kOps_has_for_it()
    {
        var text = "package kops\n\nconst (\n\tKOPS_RELEASE_VERSION = \"1.36.2\"\n)\n";
        Put(Coredns, "a");
        System.IO.File.WriteAllText(Path.Combine(_folder, "kops-version.go"), text);

        Assert.Equal("1.36.2", UserSource.OfFolder(_folder).Version);
        Assert.Equal("1.36.2", UserSource.OfArchive("a", Archive(File("k/kops-version.go", text), File(Below + Coredns, "a"))).Version);
        Assert.Null(UserSource.OfArchive("a", Archive(File("k/x/kops-version.go", text), File(Below + Coredns, "a"))).Version);
        Assert.Null(UserSource.OfArchive("a", Archive(File("kops-version.go", "1.36"), File(Below + Coredns, "a"))).Version);
    }

    [Fact]
    public void A_pipe_in_a_folder_is_not_waited_for()
    {
        Put(Coredns, "a");
        System.Diagnostics.Process.Start("mkfifo", Path.Combine(_folder, AddonSource.Folder, "pipe.yaml")).WaitForExit();

        Assert.Equal([Coredns, "pipe.yaml"], SourceReader.ReadFolder(_folder).Addons.Paths);
    }

    private void Put(string place, string text)
    {
        var file = Path.Combine(_folder, AddonSource.Folder, place);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        System.IO.File.WriteAllText(file, text);
    }

    private static AddonSource Read(params TarEntry[] entries) => SourceReader.ReadArchive(Archive(entries), "source.tar.gz").Addons;

    private static string Refused(params TarEntry[] entries) => Refusal(Archive(entries));

    private static string Refusal(byte[] archive) =>
        Assert.Throws<OperationException>(() => SourceReader.ReadArchive(archive, "source.tar.gz")).Message;

    private static byte[] Archive(params TarEntry[] entries)
    {
        using var archive = new MemoryStream();
        using (var zip = new GZipStream(archive, CompressionLevel.Fastest, leaveOpen: true))
        using (var writer = new TarWriter(zip))
        {
            foreach (var entry in entries)
                writer.WriteEntry(entry);
        }

        return archive.ToArray();
    }

    private static PaxTarEntry File(string name, string text) =>
        new(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)) };

    // The head of a file in an archive, as ustar has it.
    private static byte[] Header(string name, int length)
    {
        using var archive = new MemoryStream();
        using (var writer = new TarWriter(archive, TarEntryFormat.Ustar))
            writer.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(new byte[length]) });
        return archive.ToArray()[..512];
    }
}
