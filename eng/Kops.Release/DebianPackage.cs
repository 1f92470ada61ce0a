using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Kops.Release;

/// <summary>
/// A .deb: an archive of <c>ar</c> with three members. Source: deb(5). Written here, because dpkg-deb is on Debian alone and a release is
/// made on any machine.
/// </summary>
internal static class DebianPackage
{
    public static void Write(string path, string version, string architecture, ReleaseContent content, DateTimeOffset time)
    {
        ReleaseFile[] files =
        [
            content.Program.Below("usr/bin/"),
            .. content.Completions.Select(Completion),
            .. content.ManPages.Select(page => new ReleaseFile($"usr/share/man/man1/{page.Name}.gz", TarArchive.Gzip(page.Bytes))),
            .. content.Documents.Select(file => file.Below("usr/share/doc/kops/")),
        ];
        var sums = string.Concat(
            files.OrderBy(file => file.Name, StringComparer.Ordinal).Select(file => $"{Md5(file.Bytes)}  {file.Name}\n")
        );
        var control = TarArchive.Write(
            [
                new ReleaseFile(
                    "control",
                    Encoding.UTF8.GetBytes(Control(version, architecture, files.Sum(file => (long)file.Bytes.Length)))
                ),
                new ReleaseFile("md5sums", Encoding.UTF8.GetBytes(sums)),
            ],
            time,
            "./"
        );
        using var output = File.Create(path);
        output.Write("!<arch>\n"u8);
        Member(output, "debian-binary", "2.0\n"u8.ToArray(), time);
        Member(output, "control.tar.gz", TarArchive.Gzip(control), time);
        Member(output, "data.tar.gz", TarArchive.Gzip(TarArchive.Write(files, time, "./")), time);
    }

    private static ReleaseFile Completion(ReleaseFile file) =>
        file with
        {
            Name = Path.GetExtension(file.Name) switch
            {
                ".bash" => "usr/share/bash-completion/completions/kops",
                ".fish" => "usr/share/fish/vendor_completions.d/kops.fish",
                ".zsh" => "usr/share/zsh/vendor-completions/_kops",
                _ => $"usr/share/kops/{file.Name}",
            },
        };

    private static string Control(string version, string architecture, long size) =>
        $"""
            Package: kops-cs
            Version: {version.Replace('-', '~')}
            Architecture: {architecture}
            Maintainer: The kops authors <kops@example.com>
            Installed-Size: {(size + 1023) / 1024}
            Depends: libc6, ca-certificates
            Recommends: libssl3 | libssl3t64
            Conflicts: kops
            Provides: kops
            Section: admin
            Priority: optional
            Description: state store of Kubernetes clusters, compatible with kOps
             The desired state of Kubernetes clusters as plain files in any store,
             changed safely: commands, flags and files are those of kOps.

            """.ReplaceLineEndings("\n");

    private static void Member(FileStream output, string name, byte[] bytes, DateTimeOffset time)
    {
        var header = string.Create(
            CultureInfo.InvariantCulture,
            $"{name, -16}{time.ToUnixTimeSeconds(), -12}{0, -6}{0, -6}{"100644", -8}{bytes.Length, -10}`\n"
        );
        output.Write(Encoding.ASCII.GetBytes(header));
        output.Write(bytes);
        if (bytes.Length % 2 == 1)
            output.WriteByte((byte)'\n');
    }

#pragma warning disable CA5351 // What dpkg compares; nothing is proved by it.
    private static string Md5(byte[] bytes) => Convert.ToHexStringLower(MD5.HashData(bytes));
#pragma warning restore CA5351
}
