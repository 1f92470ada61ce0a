using Kops.Api.Documents;
using Kops.Api.Yaml;
using Kops.Build.Trees;

namespace Kops.Build.Manifests;

/// <summary>Parts that the manifests of static pods have in common.</summary>
internal static class Pods
{
    public static byte[] Encode(MappingNode metadata, MappingNode spec) =>
        System.Text.Encoding.UTF8.GetBytes(
            YamlWriter.Write(
                Tree.Map(
                    ("apiVersion", Tree.Text("v1")),
                    ("kind", Tree.Text("Pod")),
                    ("metadata", metadata),
                    ("spec", spec),
                    ("status", new MappingNode())
                )
            )
        );

    public static Node Mount(string path, string volume, bool isReadOnly = false) =>
        Tree.Map(("mountPath", Tree.Text(path)), ("name", Tree.Text(volume)), ("readOnly", Tree.If(isReadOnly)));

    public static Node HostPath(string volume, string path, string type) =>
        Tree.Map(("hostPath", Tree.Map(("path", Tree.Text(path)), ("type", Tree.Text(type)))), ("name", Tree.Text(volume)));

    public static MappingNode Requests(string cpu, string memory) =>
        Tree.Map(("requests", Tree.Map(("cpu", Tree.Text(cpu)), ("memory", Tree.Text(memory)))));

    /// <summary>Pods that the cluster cannot do without may run on any machine.</summary>
    public static SequenceNode Tolerations =>
        Tree.List([(Node)Tree.Map(("key", Tree.Text("CriticalAddonsOnly")), ("operator", Tree.Text("Exists")))]);
}
