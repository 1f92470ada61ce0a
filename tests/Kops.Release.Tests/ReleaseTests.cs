using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Xunit;

namespace Kops.Release.Tests;

/// <summary>Archives that people install: read by the tools that they have, and the same for the same content.</summary>
public sealed class ReleaseTests : IDisposable
{
    private static readonly DateTimeOffset Time = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);

    private static readonly ReleaseContent Content = new(
        new ReleaseFile("kops", "#!/bin/true\n"u8.ToArray(), IsProgram: true),
        [new ReleaseFile("kops.bash", "complete -W x kops\n"u8.ToArray()), new ReleaseFile("kops.zsh", "#compdef kops\n"u8.ToArray())],
        [new ReleaseFile("kops.1", ".TH KOPS 1\n"u8.ToArray())],
        [new ReleaseFile("LICENSE", "free\n"u8.ToArray())]
    );

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("kops-release-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public void An_archive_holds_each_file_with_its_mode_owned_by_nobody_in_order()
    {
        using var tar = new TarReader(new MemoryStream(TarArchive.Write(Content.Files, Time)));
        var entries = new List<string>();
        while (tar.GetNextEntry() is { } entry)
        {
            entries.Add($"{Convert.ToString((int)entry.Mode, 8)} {entry.Name}");
            Assert.Equal((0, 0, Time), (entry.Uid, entry.Gid, entry.ModificationTime));
        }

        Assert.Equal(
            [
                "755 completions/",
                "755 man/",
                "755 man/man1/",
                "644 LICENSE",
                "644 completions/kops.bash",
                "644 completions/kops.zsh",
                "755 kops",
                "644 man/man1/kops.1",
            ],
            entries
        );
    }

    [Fact]
    public async Task A_deb_is_one_for_dpkg_and_holds_what_a_user_expects_where_he_expects_it()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/dpkg-deb"), "dpkg-deb reads .deb files, and is not here");
        var path = PathOf("kops.deb");
        DebianPackage.Write(path, "1.2.3-rc.1", "amd64", Content, Time);

        Assert.Equal("1.2.3~rc.1", (await RunAsync("dpkg-deb", "--field", path, "Version")).Trim());
        var listing = await RunAsync("dpkg-deb", "--contents", path);
        foreach (
            var file in new[]
            {
                "./usr/bin/kops",
                "./usr/share/bash-completion/completions/kops",
                "./usr/share/zsh/vendor-completions/_kops",
                "./usr/share/man/man1/kops.1.gz",
                "./usr/share/doc/kops/LICENSE",
            }
        )
            Assert.Contains($" {file}\n", listing, StringComparison.Ordinal);
    }

    [Fact]
    public void An_image_names_each_of_its_parts_by_its_digest_and_runs_as_a_user_without_rights()
    {
        var path = PathOf("image.tar");
        ContainerImage.Write(path, "1.2.3", "amd64", "/bin/true", Time);
        var files = Read(File.ReadAllBytes(path));

        using var index = JsonDocument.Parse(files["index.json"]);
        using var manifest = JsonDocument.Parse(Blob(index.RootElement.GetProperty("manifests")[0]));
        using var config = JsonDocument.Parse(Blob(manifest.RootElement.GetProperty("config")));
        var layer = Unpack(Blob(manifest.RootElement.GetProperty("layers")[0]));

        Assert.Equal("65532:65532", config.RootElement.GetProperty("config").GetProperty("User").GetString());
        Assert.Equal(Digest(layer), config.RootElement.GetProperty("rootfs").GetProperty("diff_ids")[0].GetString());
        Assert.Contains("usr/bin/kops", Read(layer).Keys);
        Assert.Contains(Read(layer).Keys, name => name.Contains("libc.so", StringComparison.Ordinal));

        byte[] Blob(JsonElement descriptor)
        {
            var digest = descriptor.GetProperty("digest").GetString()!;
            var blob = files[$"blobs/sha256/{digest["sha256:".Length..]}"];
            Assert.Equal((digest, descriptor.GetProperty("size").GetInt64()), (Digest(blob), blob.Length));
            return blob;
        }
    }

    [Fact]
    public void The_same_content_gives_the_same_bytes_whenever_it_is_packed()
    {
        Assert.Equal(
            TarArchive.Gzip(TarArchive.Write(Content.Files, Time)),
            TarArchive.Gzip(TarArchive.Write(Content.Files.Reverse(), Time))
        );
        Assert.Equal(Packed("a"), Packed("b"));

        byte[] Packed(string random)
        {
            using (var package = ZipFile.Open(PathOf(random + ".zip"), ZipArchiveMode.Create))
            {
                Add("_rels/.rels", $"<R Target=\"package/services/metadata/core-properties/{random}0.psmdcp\" Id=\"R{random}\"/>");
                Add($"package/services/metadata/core-properties/{random}0.psmdcp", "<p/>");
                Add("lib/a.dll", "code");

                void Add(string name, string text)
                {
                    using var stream = package.CreateEntry(name).Open();
                    stream.Write(Encoding.UTF8.GetBytes(text));
                }
            }

            NuGetPackage.Settle(PathOf(random + ".zip"), PathOf(random + ".nupkg"), Time);
            return File.ReadAllBytes(PathOf(random + ".nupkg"));
        }
    }

    [Fact]
    public void The_bill_of_materials_names_each_package_once_with_its_version_and_hash()
    {
        var locked = """{"dependencies":{"net10.0":{"A":{"resolved":"1.0.0","contentHash":"AAE="},"kops.vfs":{"type":"Project"}}}}""";
        File.WriteAllText(PathOf("packages.lock.json"), locked);

        BillOfMaterials.Write(PathOf("bom.json"), "1.2.3", PathOf("packages.lock.json"), Time);

        using var bill = JsonDocument.Parse(File.ReadAllText(PathOf("bom.json")));
        var component = Assert.Single(bill.RootElement.GetProperty("components").EnumerateArray());
        Assert.Equal("pkg:nuget/A@1.0.0", component.GetProperty("purl").GetString());
        Assert.Equal("0001", component.GetProperty("hashes")[0].GetProperty("content").GetString());
    }

    [Fact]
    public async Task Checksums_are_those_that_sha256sum_checks()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/sha256sum"), "sha256sum is not here");
        File.WriteAllText(PathOf("a"), "1");
        Checksums.Write(_directory.FullName);

        Assert.Equal("a: OK\n", await RunAsync("sha256sum", "--check", "SHA256SUMS"));
    }

    private static byte[] Unpack(byte[] packed)
    {
        using var gzip = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        gzip.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static Dictionary<string, byte[]> Read(byte[] archive)
    {
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        using var tar = new TarReader(new MemoryStream(archive));
        while (tar.GetNextEntry() is { } entry)
        {
            if (entry.EntryType is not TarEntryType.RegularFile)
                continue;
            using var bytes = new MemoryStream();
            entry.DataStream?.CopyTo(bytes);
            files.Add(entry.Name, bytes.ToArray());
        }

        return files;
    }

    private static string Digest(byte[] bytes) => "sha256:" + Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes));

    private string PathOf(string name) => Path.Combine(_directory.FullName, name);

    private async Task<string> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, WorkingDirectory = _directory.FullName };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(Token);
        await process.WaitForExitAsync(Token);
        Assert.Equal(0, process.ExitCode);
        return output;
    }
}
