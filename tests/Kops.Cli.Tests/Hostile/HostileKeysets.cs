using System.Text.RegularExpressions;

namespace Kops.Cli.Tests.Hostile;

/// <summary>Files where a cluster's keyset stands.</summary>
internal static class HostileKeysets
{
    private const string Path = $"state/{HostileStore.Cluster}/pki/private/kubernetes-ca/keyset.yaml";
    private const string Update = $"update cluster {HostileStore.Cluster} --yes";
    private const string Create = $"create keypair kubernetes-ca --name {HostileStore.Cluster}";
    private const string Get = $"get keypairs --name {HostileStore.Cluster}";

    public static IReadOnlyList<HostileInput> All { get; } =
    [
        Text("nothing", Update, string.Empty),
        Text("no YAML", Create, "\t{"),
        Text("a list", Update, "- a\n- b\n"),
        Text("another kind", Update, "apiVersion: kops.k8s.io/v1alpha2\nkind: Cluster\nmetadata:\n  name: kubernetes-ca\n"),
        Text("lists within lists", Update, "spec: " + new string('[', 200_000)),
        Text("aliases of aliases", Update, HostileDirectories.Aliases()),
        Changed("no primary key", Create, "  primaryId: .*", string.Empty, tells: null),
        Changed("a primary key that is not there", Create, "  primaryId: .*", "  primaryId: \"7\"", tells: null),
        Changed("a certificate that is none", Update, "publicMaterial: .*", "publicMaterial: bm9uZQ=="),
        Changed("a certificate that is not base 64", Create, "publicMaterial: .*", "publicMaterial: \"%%%\""),
        Changed("a key that is none", Create, "privateMaterial: .*", "privateMaterial: bm9uZQ==", tells: null),
        Changed("a number that steers the terminal", Get, "- id: .*", "- id: \"\\e[2J\"", tells: null),
        Changed("a number beyond all", Create, "- id: .*", $"- id: \"{new string('9', 100_000)}\"", tells: null),
        new("keyset: very long", store => store.WriteLong(Path, "kind: Keyset\n", 1L << 30), Update, "kubernetes-ca") { IsEndless = true },
        new("keyset: a link to /dev/zero", store => store.Link(Path, "/dev/zero"), Update, "kubernetes-ca") { IsEndless = true },
        new("keyset: a pipe", store => store.Pipe(Path), Update, "kubernetes-ca") { IsEndless = true },
    ];

    private static HostileInput Text(string name, string command, string text) =>
        new("keyset: " + name, store => store.Write(Path, text), command, "kubernetes-ca");

    private static HostileInput Changed(string name, string command, string pattern, string now, string? tells = "kubernetes-ca") =>
        new("keyset: " + name, store => store.Edit(Path, text => Regex.Replace(text, pattern, now)), command, tells);
}
