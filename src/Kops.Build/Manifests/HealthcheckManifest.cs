using Kops.Api.Documents;
using Kops.Build.Assets;
using Kops.Build.Input;
using Kops.Build.Trees;

namespace Kops.Build.Manifests;

/// <summary>
/// The container that answers load balancers for the API server, which lets nobody in without a name. It is merged into the API
/// server's pod.
/// </summary>
internal static class HealthcheckManifest
{
    public const string Key = "kube-apiserver-healthcheck";

    private const string Secrets = "healthcheck-secrets";
    private const int Port = 3990;
    private const int User = 10012;

    public static byte[] Of(BuildContext context) =>
        Pods.Encode(
            new MappingNode(),
            Tree.Map(
                ("containers", Tree.List([(Node)Container(context)])),
                ("volumes", Tree.List([Pods.HostPath(Secrets, $"/etc/kubernetes/{Key}/secrets", "Directory")]))
            )
        );

    private static MappingNode Container(BuildContext context)
    {
        return Tree.Map(
            ("args", Tree.List(["--ca-cert=/secrets/ca.crt", "--client-cert=/secrets/client.crt", "--client-key=/secrets/client.key"])),
            ("image", Tree.Text(context.Image(KopsRelease.Image(context, Key)))),
            (
                "livenessProbe",
                Tree.Map(
                    (
                        "httpGet",
                        Tree.Map(("host", Tree.Text("127.0.0.1")), ("path", Tree.Text($"/.{Key}/healthz")), ("port", Tree.Number(Port)))
                    ),
                    ("initialDelaySeconds", Tree.Number(5)),
                    ("timeoutSeconds", Tree.Number(5))
                )
            ),
            ("name", Tree.Text("healthcheck")),
            ("resources", new MappingNode()),
            ("securityContext", Tree.Map(("runAsNonRoot", Tree.True), ("runAsUser", Tree.Number(User)))),
            ("volumeMounts", Tree.List([Pods.Mount("/secrets", Secrets, isReadOnly: true)]))
        );
    }
}
