using System.Formats.Tar;
using System.IO.Compression;
using Kops.Cli.Tests.Support;

namespace Kops.Cli.Tests.Addons;

/// <summary>A source of addons as small as can be: what a new cluster on AWS has.</summary>
internal static class SampleSource
{
    private const string Folder = "upup/models/cloudup/resources/addons/";

    private static readonly string[] Manifests =
    [
        "kubelet-api.rbac.addons.k8s.io/k8s-1.9.yaml",
        "coredns.addons.k8s.io/k8s-1.12.yaml",
        "limit-range.addons.k8s.io/v1.5.0.yaml",
        "node-termination-handler.aws/k8s-1.11.yaml",
        "storage-aws.addons.k8s.io/v1.15.0.yaml",
        "networking.cilium.io/k8s-1.16-v1.15.yaml",
        "aws-cloud-controller.addons.k8s.io/k8s-1.18.yaml",
        "aws-ebs-csi-driver.addons.k8s.io/k8s-1.17.yaml",
    ];

    private static Dictionary<string, string> Files(string mark)
    {
        var files = Manifests.ToDictionary(
            manifest => Folder + manifest,
            manifest => $"apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {manifest.Split('.')[0]}\ndata:\n  mark: {mark}\n"
        );
        files[Folder + "kops-controller.addons.k8s.io/k8s-1.16.yaml.template"] = """
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: kops-controller, namespace: kube-system}
            spec:
              template:
                spec:
                  containers:
                  - {name: kops-controller, image: 'registry.k8s.io/kops/kops-controller:{{ KopsVersionImageTag }}'}

            """;
        files["kops-version.go"] = "const KOPS_RELEASE_VERSION = \"1.37.0-alpha.1\"\n";
        return files;
    }

    /// <summary>Puts it into a directory of the desk.</summary>
    public static string Put(Desk desk, string directory = "kops-1.37.0", string mark = "one")
    {
        foreach (var (path, text) in Files(mark))
            desk.Write($"{directory}/{path}", text);
        return desk.PathOf(directory);
    }

    /// <summary>The same as an archive.</summary>
    public static byte[] Archive(string mark = "one")
    {
        using var archive = new MemoryStream();
        using (var zip = new GZipStream(archive, CompressionLevel.Fastest, leaveOpen: true))
        using (var writer = new TarWriter(zip))
        {
            foreach (var (path, text) in Files(mark))
                writer.WriteEntry(
                    new PaxTarEntry(TarEntryType.RegularFile, "kops-1.37.0/" + path)
                    {
                        DataStream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text)),
                        ModificationTime = DateTimeOffset.UnixEpoch,
                    }
                );
        }

        return archive.ToArray();
    }
}
