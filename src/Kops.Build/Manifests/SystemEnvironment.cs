using Kops.Api.Documents;
using Kops.Build.Input;
using Kops.Build.Trees;

namespace Kops.Build.Manifests;

/// <summary>The environment of the control plane's own pods: proxies, region, and what reaches store and cloud; by name.</summary>
internal static class SystemEnvironment
{
    public static IEnumerable<Node> Of(BuildContext context) => Values(context).Select(pair => Variable(pair.Key, pair.Value));

    public static SortedDictionary<string, string> Values(BuildContext context)
    {
        var values = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in Proxy(context))
            values[name] = value;
        foreach (var name in VariableNames.ForSystemPods)
        {
            if (context.Request.Variables[name] is { } value)
                values[name] = value;
        }

        if (Region(context) is { } region)
            values[VariableNames.AwsRegion] = region;
        return values;
    }

    /// <summary>The proxy alone, for pods that do not reach the cloud by themselves.</summary>
    public static IEnumerable<KeyValuePair<string, string>> ProxyOfPods(BuildContext context) =>
        Proxy(context).Where(variable => variable.Value.Length > 0).Select(variable => KeyValuePair.Create(variable.Name, variable.Value));

    public static Node Variable(string name, string value) => Tree.Map(("name", Tree.Text(name)), ("value", Tree.Some(value)));

    private static string? Region(BuildContext context) =>
        context.Cloud.Name == "aws"
            ? context.Spec.Subnets.Select(subnet => subnet.Zone).FirstOrDefault(zone => zone is { Length: > 1 }) is { } zone
                ? context.Cloud.RegionOf(zone)
                : null
            : context.Request.Variables[VariableNames.AwsRegion];

    private static IEnumerable<(string Name, string Value)> Proxy(BuildContext context)
    {
        var proxy = context.Spec.EgressProxy;
        if (proxy?.HttpProxy?.Host is not { Length: > 0 } host)
            return [];
        var address = proxy.HttpProxy.Port is { } port and not 0 ? $"http://{host}:{port}" : $"http://{host}";
        var excludes = proxy.Excludes ?? string.Empty;
        return [("http_proxy", address), ("https_proxy", address), ("NO_PROXY", excludes), ("no_proxy", excludes)];
    }
}
