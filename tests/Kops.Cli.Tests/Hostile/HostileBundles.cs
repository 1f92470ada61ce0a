using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text;
using ZstdSharp;

namespace Kops.Cli.Tests.Hostile;

/// <summary>Archives that are imported.</summary>
internal static class HostileBundles
{
    private const string New = "new.example.com";
    private const string Import = "state import ~/input/bundle";

    private static readonly string Config =
        $"apiVersion: kops.k8s.io/v1alpha2\nkind: Cluster\nmetadata:\n  name: {New}\nspec:\n  configBase: /srv/{New}\n";

    public static IReadOnlyList<HostileInput> All { get; } =
    [
        Bytes("nothing", []),
        Bytes("random bytes", [.. Enumerable.Range(0, 5000).Select(i => (byte)(i * 7919))]),
        Bytes("half an archive", Packed(File("a", "x"), File("b", "y"))[..40]),
        Bytes("no manifest", Packed(File($"{New}/config", Config))),
        Manifest("a cluster that is a path", "../elsewhere"),
        Manifest("a cluster that steers the terminal", "\u001b[2J"),
        Manifest("a cluster of a terrible name", "x/../../" + HostileStore.Other),
        Manifest("a cluster that is there", HostileStore.Other),
        Spec("keys of another cluster", $"keyStore: ~/state/{HostileStore.Other}/pki"),
        Spec("another cluster's directory", $"configBase: ~/state/{HostileStore.Other}"),
        Spec("another cluster by a detour", $"secretStore: ~/state/{New}/../{HostileStore.Other}/secrets"),
        Spec("files of this machine", "secretStore: ~/.ssh"),
        Spec("where to publish: another cluster", $"serviceAccountIssuerDiscovery: {{discoveryStore: ~/state/{HostileStore.Other}}}"),
        Spec("what is kept of another cluster", $"secretStore: ~/state/.kops/objects/{HostileStore.Other}"),
        Files("a file above", File("../elsewhere/a", "x")),
        Files("a file from the root", File("/elsewhere/a", "x")),
        Files("another cluster's file", File($"registry/../../{HostileStore.Other}/config", "x")),
        Files("a link", Entry(new PaxTarEntry(TarEntryType.SymbolicLink, "registry/x") { LinkName = "/etc/passwd" })),
        Files("a hard link", Entry(new PaxTarEntry(TarEntryType.HardLink, "registry/x") { LinkName = "kops-bundle.json" })),
        Files("a device", Entry(new PaxTarEntry(TarEntryType.CharacterDevice, "registry/x"))),
        Files("a pipe within", Entry(new PaxTarEntry(TarEntryType.Fifo, "registry/x"))),
        Files("a file twice", File("registry/x", "1"), File("registry/x", "2")),
        Files("no checksums", File("registry/x", "1")),
        Files("wrong checksums", File("registry/x", "1"), File("kops-bundle.sha256", new string('0', 64) + "  registry/x\n")),
        Files("a bomb", Bomb("registry/bomb")) with
        {
            IsEndless = true,
        },
        Files("a bomb in place of checksums", Bomb("kops-bundle.sha256")) with
        {
            IsEndless = true,
        },
        Bytes("a bomb in place of the manifest", Packed(Bomb("kops-bundle.json"))) with
        {
            IsEndless = true,
        },
        new("bundle: work for years", store => Age(store, 30), Import + " --passphrase-file ~/input/pass", "bundle") { IsEndless = true },
        new("bundle: work beyond all numbers", store => Age(store, 64), Import + " --passphrase-file ~/input/pass", "bundle")
        {
            IsEndless = true,
        },
        new("bundle: /dev/zero", _ => { }, "state import /dev/zero", "bundle") { IsEndless = true },
        new("bundle: a directory", _ => { }, "state import ~/input", "input"),
        new("bundle: a configuration that is /dev/zero", _ => { }, "get clusters --config /dev/zero", null) { IsEndless = true },
    ];

    private static HostileInput Bytes(string name, byte[] bytes) =>
        new("bundle: " + name, store => store.Write("input/bundle", bytes), Import, "no cluster was made");

    private static HostileInput Manifest(string name, string cluster) =>
        Bytes(name, Packed(ManifestOf(cluster), File("registry/config", Config))) with
        {
            Tells = "cluster",
        };

    private static HostileInput Files(string name, params Action<TarWriter>[] files) =>
        new(
            "bundle: " + name,
            store => store.Write("input/bundle", Packed([ManifestOf(New), File("registry/config", Config), .. files])),
            Import,
            "bundle"
        );

    /// <summary>A whole archive, but for a place that its spec names and that is none of its own.</summary>
    private static HostileInput Spec(string name, string field) =>
        new(
            "bundle: a spec that names " + name,
            store =>
            {
                var place = field.Replace("~", store.PathOf("."), StringComparison.Ordinal);
                var config = place.StartsWith("configBase", StringComparison.Ordinal)
                    ? Config.Replace($"configBase: /srv/{New}", place, StringComparison.Ordinal)
                    : Config + $"  {place}\n";
                (string Name, string Content)[] files = [("kops-bundle.json", ManifestTextOf(New, "cluster/")), ("cluster/config", config)];
                var sums = string.Concat(files.Select(file => $"{Sha256(file.Content)}  {file.Name}\n"));
                store.Write(
                    "input/bundle",
                    Packed([.. files.Select(file => File(file.Name, file.Content)), File("kops-bundle.sha256", sums)])
                );
            },
            Import,
            "of which it has no files"
        );

    private static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static Action<TarWriter> ManifestOf(string cluster) => File("kops-bundle.json", ManifestTextOf(cluster));

    private static string ManifestTextOf(string cluster, string directory = "registry")
    {
        var name = cluster.Replace("\u001b", "\\u001b", StringComparison.Ordinal);
        var places = $$"""[{"directory": "{{directory}}", "address": "/srv/{{New}}"}]""";
        return $$"""{"format": 1, "cluster": "{{name}}", "places": {{places}}}""";
    }

    private static Action<TarWriter> File(string name, string content) =>
        Entry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(content)) });

    // A gigabyte of nothing.
    private static Action<TarWriter> Bomb(string name) =>
        tar => tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new Zeros(1L << 30) });

    private static Action<TarWriter> Entry(TarEntry entry) => tar => tar.WriteEntry(entry);

    private static byte[] Packed(params Action<TarWriter>[] entries)
    {
        var packed = new MemoryStream();
        using (var zstd = new CompressionStream(packed, leaveOpen: true))
        using (var tar = new TarWriter(zstd))
        {
            foreach (var entry in entries)
                entry(tar);
        }

        return packed.ToArray();
    }

    /// <summary>A file that is opened with a passphrase, after 2^<paramref name="work"/> rounds (age-encryption.org/v1, scrypt).</summary>
    private static void Age(HostileStore store, int work)
    {
        var salt = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16)).TrimEnd('=');
        var body = Convert.ToBase64String(new byte[32]).TrimEnd('=');
        store.Write("input/pass", "pass\n");
        store.Write("input/bundle", $"age-encryption.org/v1\n-> scrypt {salt} {work}\n{body}\n--- {body}\nxxxxxxxxxxxxxxxxxxxxxxxxxxxxx");
    }
}
