using Kops.Build.Input;
using Kops.Model;

namespace Kops.Build.Assets;

/// <summary>The plugins of the container network interface, for networking that does not bring its own.</summary>
internal static class CniPlugins
{
    private const string Releases = "https://github.com/containernetworking/plugins/releases/download";

    /// <summary>Whether machines need them.</summary>
    public static bool AreNeeded(BuildContext context)
    {
        var networking = context.Spec.Networking;
        if (networking?.Cilium is { } cilium)
            return cilium.ChainingMode == "portmap";
        return networking?.Amazonvpc is null && networking?.Calico is null;
    }

    public static IEnumerable<NodeAsset> Of(BuildContext context, string version, string architecture)
    {
        if (!AreNeeded(context))
            return [];
        var variables = context.Request.Variables;
        if (variables[VariableNames.CniUrl] is { } address && variables[VariableNames.CniHash] is { } hash)
            return [new(address, hash)];
        var plugins = AssetVersions.CniPluginsFor(Versions.ParseKubernetes(version));
        return [new($"{Releases}/v{plugins}/cni-plugins-linux-{architecture}-v{plugins}.tgz")];
    }
}
