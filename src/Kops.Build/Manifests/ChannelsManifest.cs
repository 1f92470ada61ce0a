using Kops.Api.Clouds;
using Kops.Api.Documents;
using Kops.Build.Assets;
using Kops.Build.Input;
using Kops.Build.Trees;

namespace Kops.Build.Manifests;

/// <summary>The pod that applies addons: those of the bootstrap channel, and those that the cluster names.</summary>
internal static class ChannelsManifest
{
    private const string Name = "kops-channels";
    private const string Kubeconfig = "/var/lib/kops/kubeconfig";
    private const int Port = 3986;
    private const int User = 10013;

    public static byte[] Of(BuildContext context) =>
        Pods.Encode(
            Tree.Map(
                ("labels", Tree.Map(("k8s-app", Tree.Text(Name)))),
                ("name", Tree.Text(Name)),
                ("namespace", Tree.Text("kube-system"))
            ),
            Tree.Map(
                ("containers", Tree.List([(Node)Container(context)])),
                ("dnsPolicy", Tree.Text("Default")),
                ("hostNetwork", Tree.True),
                ("priorityClassName", Tree.Text("system-node-critical")),
                ("tolerations", Pods.Tolerations),
                ("volumes", Tree.List([Pods.HostPath("kubeconfig", Kubeconfig, "File")]))
            )
        );

    private static MappingNode Container(BuildContext context) =>
        Tree.Map(
            ("args", Tree.List(Arguments(context))),
            ("env", Tree.List(Environment(context))),
            ("image", Tree.Text(context.Image(KopsRelease.Image(context, "channels")))),
            ("name", Tree.Text(Name)),
            (
                "readinessProbe",
                Tree.Map(
                    ("failureThreshold", Tree.Number(2)),
                    ("httpGet", Tree.Map(("host", Tree.Text("127.0.0.1")), ("path", Tree.Text("/readyz")), ("port", Tree.Number(Port)))),
                    ("initialDelaySeconds", Tree.Number(30)),
                    ("periodSeconds", Tree.Number(10))
                )
            ),
            ("resources", Pods.Requests("50m", "50Mi")),
            ("securityContext", Tree.Map(("runAsNonRoot", Tree.True), ("runAsUser", Tree.Number(User)))),
            ("volumeMounts", Tree.List([Pods.Mount(Kubeconfig, "kubeconfig", isReadOnly: true)]))
        );

    private static IEnumerable<string> Arguments(BuildContext context) =>
        [
            "apply",
            "channel",
            "--v=4",
            "--yes",
            "--interval=1m0s",
            $"--node-labels={string.Join(',', NodeLabels(context))}",
            "--node-name=$(NODE_NAME)",
            $"{context.ConfigBase}/addons/bootstrap-channel.yaml",
            .. context.Spec.Addons.Select(addon => addon.Manifest).OfType<string>(),
        ];

    // Where the control plane is not made from instance groups, machines are known by what they run.
    private static string[] NodeLabels(BuildContext context) =>
        context.Request.Groups.Any(group => MachineRoles.Of(group) == MachineRole.ControlPlane)
            ? ["node-role.kubernetes.io/control-plane"]
            :
            [
                "node-role.kops.k8s.io/cloud-controller-manager",
                "node-role.kops.k8s.io/kops-channel",
                "node-role.kops.k8s.io/kops-controller",
            ];

    private static IEnumerable<Node> Environment(BuildContext context) =>
        [
            Tree.Map(
                ("name", Tree.Text("NODE_NAME")),
                ("valueFrom", Tree.Map(("fieldRef", Tree.Map(("fieldPath", Tree.Text("spec.nodeName"))))))
            ),
            SystemEnvironment.Variable("KUBECONFIG", Kubeconfig),
            SystemEnvironment.Variable("HOME", "/tmp"),
            .. SystemEnvironment.Of(context),
        ];
}
