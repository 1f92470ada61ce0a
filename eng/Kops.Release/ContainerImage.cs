using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Kops.Release;

/// <summary>
/// An image from scratch, as a tarball that <c>docker load </c> and <c>podman load </c> read: the program, the C library and OpenSSL of the
/// machine that made it, its certificate authorities, and a user without rights. Source: OCI image-spec 1.1, image layout.
/// </summary>
internal static partial class ContainerImage
{
    private const string Authorities = "/etc/ssl/certs/ca-certificates.crt";

    public static void Write(string path, string version, string architecture, string program, DateTimeOffset time)
    {
        var layer = Layer(program, time);
        var packed = TarArchive.Gzip(layer);
        var created = time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var config = Json(
            new JsonObject
            {
                ["created"] = created,
                ["architecture"] = architecture,
                ["os"] = "linux",
                ["config"] = new JsonObject
                {
                    ["User"] = "65532:65532",
                    ["Env"] = new JsonArray("PATH=/usr/bin", "HOME=/home/kops", "SSL_CERT_FILE=" + Authorities),
                    ["Entrypoint"] = new JsonArray("/usr/bin/kops"),
                    ["WorkingDir"] = "/home/kops",
                    ["Labels"] = new JsonObject
                    {
                        ["org.opencontainers.image.title"] = "kops",
                        ["org.opencontainers.image.version"] = version,
                        ["org.opencontainers.image.licenses"] = "Apache-2.0",
                    },
                },
                ["rootfs"] = new JsonObject { ["type"] = "layers", ["diff_ids"] = new JsonArray("sha256:" + Sha256(layer)) },
                ["history"] = new JsonArray(new JsonObject { ["created"] = created, ["created_by"] = "eng/release.sh" }),
            }
        );
        var manifest = Json(
            new JsonObject
            {
                ["schemaVersion"] = 2,
                ["mediaType"] = "application/vnd.oci.image.manifest.v1+json",
                ["config"] = Descriptor("application/vnd.oci.image.config.v1+json", config),
                ["layers"] = new JsonArray(Descriptor("application/vnd.oci.image.layer.v1.tar+gzip", packed)),
            }
        );
        var entry = Descriptor("application/vnd.oci.image.manifest.v1+json", manifest);
        entry["annotations"] = new JsonObject
        {
            ["io.containerd.image.name"] = $"docker.io/library/kops:{version}",
            ["org.opencontainers.image.ref.name"] = version,
        };
        var index = new JsonObject { ["schemaVersion"] = 2, ["manifests"] = new JsonArray(entry) };
        // What docker before version 25 reads.
        var legacy = new JsonArray(
            new JsonObject
            {
                ["Config"] = BlobOf(config),
                ["RepoTags"] = new JsonArray($"kops:{version}"),
                ["Layers"] = new JsonArray(BlobOf(packed)),
            }
        );
        File.WriteAllBytes(
            path,
            TarArchive.Write(
                [
                    new ReleaseFile("oci-layout", "{\"imageLayoutVersion\":\"1.0.0\"}"u8.ToArray()),
                    new ReleaseFile("index.json", Json(index)),
                    new ReleaseFile("manifest.json", Json(legacy)),
                    new ReleaseFile(BlobOf(config), config),
                    new ReleaseFile(BlobOf(manifest), manifest),
                    new ReleaseFile(BlobOf(packed), packed),
                ],
                time
            )
        );
    }

    /// <summary>The files of the image.</summary>
    private static byte[] Layer(string program, DateTimeOffset time)
    {
        var libraries = Libraries(program).ToList();
        return TarArchive.Write(
            [
                new ReleaseFile("usr/bin/kops", File.ReadAllBytes(program), IsProgram: true),
                .. libraries.Select(library => new ReleaseFile(library.TrimStart('/'), File.ReadAllBytes(library), IsProgram: true)),
                .. File.Exists(Authorities)
                    ? [new ReleaseFile(Authorities.TrimStart('/'), File.ReadAllBytes(Authorities))]
                    : Array.Empty<ReleaseFile>(),
                new ReleaseFile("etc/passwd", "root:x:0:0::/:/\nkops:x:65532:65532::/home/kops:/\n"u8.ToArray()),
                new ReleaseFile("etc/group", "root:x:0:\nkops:x:65532:\n"u8.ToArray()),
                new ReleaseFile("home/kops/.keep", []),
                new ReleaseFile("tmp/.keep", []),
            ],
            time
        );
    }

    /// <summary>
    /// The libraries that the program is linked with, by the paths that its loader looks for, and OpenSSL, which it opens when it needs it.
    /// </summary>
    private static IEnumerable<string> Libraries(string program)
    {
        var linked = LibraryPath().Matches(Ldd(program)).Select(match => match.Groups["path"].Value).ToList();
        var directory = Path.GetDirectoryName(linked.First(path => path.Contains("libc.so", StringComparison.Ordinal)))!;
        string[] opened = ["libssl.so.3", "libcrypto.so.3"];
        return linked
            .Concat(
                opened
                    .Select(name => Path.Combine(directory, name))
                    .Concat(opened.Select(name => Path.Combine("/usr" + directory, name)))
                    .Where(File.Exists)
                    .DistinctBy(Path.GetFileName)
            )
            .Distinct()
            .Order(StringComparer.Ordinal);
    }

    private static string Ldd(string program)
    {
        using var process = Process.Start(new ProcessStartInfo("ldd", [program]) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output;
    }

    private static byte[] Json(JsonNode node) => Encoding.UTF8.GetBytes(node.ToJsonString());

    private static JsonObject Descriptor(string type, byte[] blob) =>
        new()
        {
            ["mediaType"] = type,
            ["digest"] = "sha256:" + Sha256(blob),
            ["size"] = blob.Length,
        };

    private static string BlobOf(byte[] blob) => "blobs/sha256/" + Sha256(blob);

    private static string Sha256(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    [GeneratedRegex(@"(?<path>/\S+\.so[\.\d]*) \(0x", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex LibraryPath();
}
