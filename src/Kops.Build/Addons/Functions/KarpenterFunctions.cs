using Kops.Api;
using Kops.Api.Documents;
using Kops.Api.Yaml;
using Kops.Build.Input;
using Kops.Templates.Functions;
using Kops.Templates.Values;
using static Kops.Templates.Values.ParameterType;

namespace Kops.Build.Addons.Functions;

/// <summary>The groups whose machines Karpenter makes, and the objects that it makes them by.</summary>
internal static class KarpenterFunctions
{
    public static void AddTo(FunctionTable table, BuildContext context) =>
        table
            .Add("KarpenterInstanceGroups", () => AddonFunctions.Texts(Groups(context).Select(group => group.Metadata.Name!)))
            .Add("KarpenterEC2NodeClass", [Text], call => Written(KarpenterNodeClass.Of(context, Find(context, call.Text(0)))))
            .Add("KarpenterNodePool", [Text], call => Written(KarpenterNodePool.Of(Find(context, call.Text(0)))));

    private static IEnumerable<InstanceGroup> Groups(BuildContext context) =>
        context.Spec.Karpenter?.Enabled == true ? context.Request.Groups.Where(group => group.Spec.Manager == "Karpenter") : [];

    private static InstanceGroup Find(BuildContext context, string name) => Groups(context).First(group => group.Metadata.Name == name);

    private static string Written(MappingNode node) => YamlWriter.Write(node).Trim();
}
