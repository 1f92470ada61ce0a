using System.Text;
using Kops.Model;
using Kops.Model.Channels;
using Kops.Templates.Faults;
using Kops.Templates.Functions;
using Kops.Templates.Values;
using Semver;
using static Kops.Templates.Values.ParameterType;

namespace Kops.Operations.Toolbox;

/// <summary>sprig's functions, and those that kOps adds: <c>include</c>, its own <c>indent</c>, and questions to the channel.</summary>
internal static class TemplateFunctions
{
    public static FunctionTable Of(TemplateRequest request)
    {
        var channel = request.Channel;
        return new FunctionTable()
            .AddSprig()
            .AddClock(request.Clock)
            .AddEnvironment(request.Variable)
            .Add("include", [Text, Map], a => a.Render(a.Text(0), a[1]))
            .Add("indent", [Int, Text], a => Indent(a.Integer(0), a.Text(1)))
            .Add("ChannelRecommendedKubernetesUpgradeVersion", [Text], a => Upgrade(channel, a.Text(0)))
            .Add("ChannelRecommendedKopsKubernetesVersion", [], _ => Recommended(channel))
            .Add("ChannelRecommendedImage", [Text, Text, Text], a => Image(channel, a.Text(0), a.Text(1), a.Text(2)));
    }

    // Neither the first line, which stands behind what is before it, nor empty ones.
    private static string Indent(long count, string text)
    {
        if (count is < 0 or > 1000)
            throw new FunctionException($"indent by {count} blanks: expected 0 to 1000");
        var indented = new StringBuilder(text.Length);
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (i > 0)
                indented.Append('\n').Append(' ', lines[i].Length > 0 ? (int)count : 0);
            indented.Append(lines[i]);
        }

        return indented.ToString();
    }

    private static string Upgrade(Channel channel, string version) => channel.KubernetesUpgrade(Parse(version)).Recommended ?? version;

    private static string Recommended(Channel channel) =>
        channel.RecommendedKubernetes(SemVersion.Parse(Versions.Kops))
        ?? throw new FunctionException($"the channel recommends no Kubernetes for kOps {Versions.Kops}");

    private static string Image(Channel channel, string cloud, string version, string architecture) =>
        channel.FindImage(cloud, architecture, Parse(version))
        ?? throw new FunctionException($"the channel has no image of {cloud} for {architecture} and Kubernetes {version}");

    private static SemVersion Parse(string version) =>
        Versions.TryParseKubernetes(version, out var parsed)
            ? parsed
            : throw new FunctionException($"'{version}' is not a Kubernetes version: write it as 1.36.3");
}
