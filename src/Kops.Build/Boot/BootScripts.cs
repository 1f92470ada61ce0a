using System.IO.Compression;
using System.Text;
using Kops.Api.Clouds;
using Kops.Build.Assets;
using Kops.Build.Input;
using Kops.Build.Nodes;

namespace Kops.Build.Boot;

/// <summary>
/// The script that a machine runs when it first starts, and that makes it part of the cluster: it writes down what the machine is told
/// (<see cref="BootConfig"/>), fetches nodeup, checks its hash, and starts it. It does what kOps' own script does, in words of its own.
/// </summary>
public static class BootScripts
{
    private const string End = "__EOF_KUBE_ENV";
    private const string KubeEnv = "#KUBE_ENV\n";

    /// <summary>The files whose hashes have to be asked for before scripts can be made.</summary>
    public static IReadOnlyList<AssetQuestion> Questions(BuildRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var context = new BuildContext(request);
        return
        [
            .. Architectures
                .Of(request.Variables)
                .Select(architecture => KopsRelease.Nodeup(context, architecture))
                .Where(nodeup => NodeAssets.FindHash(context, nodeup) is null)
                .Select(nodeup => new AssetQuestion(nodeup.Canonical, [.. NodeAssets.Places(context, nodeup)])),
        ];
    }

    /// <summary>The scripts, by instance group. Bastions have none.</summary>
    /// <param name="request">What the cluster's files follow from.</param>
    /// <param name="nodes">What the machines of each group boot from.</param>
    /// <exception cref="FormatException">The hash of nodeup is not known.</exception>
    public static IReadOnlyDictionary<string, string> Of(BuildRequest request, IReadOnlyList<NodeConfig> nodes)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(nodes);
        var context = new BuildContext(request);
        var (downloads, body) = (Downloads(context), ShellText.Read("boot.sh").Split(KubeEnv));
        return nodes
            .Where(node => node.Role != MachineRole.Bastion)
            .ToDictionary(node => node.Group, node => Script(context, node, downloads, body), StringComparer.Ordinal);
    }

    private static string Script(BuildContext context, NodeConfig node, string downloads, string[] body)
    {
        var group = context.Request.Groups.First(group => group.Metadata.Name == node.Group);
        var text = new StringBuilder("#!/bin/bash\n# Makes this machine part of the Kubernetes cluster ")
            .Append(context.Name)
            .Append(".\nset -o errexit -o nounset -o pipefail\n\n")
            .Append(downloads);
        var exports = BootEnvironment.Of(context, node.Role);
        if (exports.Count > 0)
            text.Append('\n').AppendJoin(string.Empty, exports.Select(pair => $"export {pair.Key}={ShellText.Quote(pair.Value)}\n"));
        if (BootEnvironment.HasProxy(context))
            text.Append(ShellText.Read("proxy.sh"));
        text.Append(body[0]);
        var told = node.Boot.ToYaml();
        // Within user data, what is compressed leaves more room for the user's own.
        if (group.Spec.CompressUserData == true)
            text.Append($"base64 -d << '{End}' | gzip -d > \"$root/conf/kube_env.yaml\"\n{Compress(told)}\n{End}\n\n");
        else
            text.Append($"cat > \"$root/conf/kube_env.yaml\" << '{End}'\n{told}\n{End}\n\n");
        return text.Append(body[1]).ToString();
    }

    // Where nodeup is, and what it must be.
    private static string Downloads(BuildContext context)
    {
        var text = new StringBuilder();
        foreach (var architecture in Architectures.Of(context.Request.Variables))
        {
            var (nodeup, name) = (KopsRelease.Nodeup(context, architecture), architecture.ToUpperInvariant());
            text.Append($"NODEUP_URL_{name}={ShellText.Quote(string.Join(',', NodeAssets.Places(context, nodeup)))}\n");
            text.Append($"NODEUP_HASH_{name}={NodeAssets.HashOf(context, nodeup)}\n");
        }

        return text.ToString();
    }

    private static string Compress(string text)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.SmallestSize))
            gzip.Write(Encoding.UTF8.GetBytes(text));
        return Convert.ToBase64String(bytes.ToArray());
    }
}
