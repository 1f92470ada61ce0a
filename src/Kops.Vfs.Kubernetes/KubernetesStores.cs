using Kops.Vfs.Drivers;
using Kops.Vfs.Kubernetes.Config;
using Kops.Vfs.Rest.Reading;

namespace Kops.Vfs.Kubernetes;

/// <summary>
/// Namespaces of Kubernetes clusters: <c>k8s://CONTEXT/NAMESPACE/prefix</c>; with an empty context the current one, or the cluster that
/// this program runs in. A slash in a context's name is written <c>%2F</c>.
/// </summary>
public static class KubernetesStores
{
    /// <summary>How their paths are read; one driver for each context and namespace.</summary>
    public static DriverKind<KubernetesOptions> Kind { get; } =
        new(["k8s"], Locate)
        {
            Identity = options => (string.Join(Path.PathSeparator, options.KubeconfigFiles), options with { KubeconfigFiles = [] }),
        };

    private static StorePlace<KubernetesOptions> Locate(string path)
    {
        var address = StoreAddress.Parse(path, names: 2);
        var (context, space) = (Uri.UnescapeDataString(address.Names[0]), address.Names[1]);
        if (space.Length == 0)
            throw StoreAddress.Wrong(
                path,
                "it names no namespace; write k8s://CONTEXT/NAMESPACE, or k8s:///NAMESPACE for the current context"
            );
        if (!IsNamespace(space))
            throw StoreAddress.Wrong(
                path,
                $"'{space}' is not a namespace name; lower-case letters, digits and '-' are allowed, 63 at the most"
            );
        return new(
            address.Text,
            address.Key,
            (options, clock) => new KubernetesStoreDriver(context.Length > 0 ? context : null, space, address.Text, options, clock)
        );
    }

    /// <remarks>Source: RFC 1123 labels, as the API server checks them.</remarks>
    private static bool IsNamespace(string text) =>
        text.Length <= 63
        && text[0] != '-'
        && text[^1] != '-'
        && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-');
}
