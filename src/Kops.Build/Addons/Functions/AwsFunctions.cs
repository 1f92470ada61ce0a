using Kops.Api;
using Kops.Build.Input;
using Kops.Build.Trees;
using Kops.Model.Completion.Context;
using Kops.Templates.Functions;

namespace Kops.Build.Addons.Functions;

/// <summary>What addons on AWS ask for.</summary>
internal static class AwsFunctions
{
    private const int LongestQueueName = 75;

    public static void AddTo(FunctionTable table, BuildContext context) =>
        table
            .Add("CloudLabels", () => string.Join(',', Labels(context).Order(StringComparer.Ordinal)))
            .Add("DefaultQueueName", () => Queue(context))
            .Add("EnableSQSTerminationDraining", () => context.Spec.NodeTerminationHandler?.EnableSQSTerminationDraining != false)
            .Add("PodIdentityWebhookConfigMapData", () => Quoted(OrderedJson.Write(Mappings(context))));

    private static IEnumerable<string> Labels(BuildContext context) =>
        context.Spec.CloudLabels.Select(label => $"{label.Key}={label.Value}").Prepend($"KubernetesCluster={context.Name}");

    private static string Queue(BuildContext context)
    {
        var domain = context.Region?.Contains("cn-", StringComparison.Ordinal) == true ? "amazonaws.com.cn" : "amazonaws.com";
        var name = ShortNames.Shorten(context.Name.Replace('.', '-'), LongestQueueName);
        return $"https://sqs.{context.Region}.{domain}/{context.Account}/{name}-nth";
    }

    private static Kops.Api.Documents.MappingNode Mappings(BuildContext context)
    {
        var map = new Kops.Api.Documents.MappingNode();
        var permissions = context.Spec.Iam?.ServiceAccountExternalPermissions ?? Enumerable.Empty<ServiceAccountExternalPermission>();
        foreach (
            var account in permissions
                .Where(account => account.Aws is not null)
                .OrderBy(account => $"{account.Namespace}/{account.Name}", StringComparer.Ordinal)
        )
            map[$"{account.Namespace}/{account.Name}"] = Tree.Map(
                ("RoleARN", Tree.Text(context.ServiceAccountRole(account.Namespace ?? string.Empty, account.Name ?? string.Empty))),
                ("Audience", Tree.Text("amazonaws.com")),
                ("UseRegionalSTS", Tree.True),
                ("TokenExpiration", Tree.Number(0))
            );
        return map;
    }

    private static string Quoted(string json) =>
        $"\"{json.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
