using Kops.Api.Clouds;
using Kops.Build.Input;

namespace Kops.Build.Boot;

/// <summary>The variables that the boot script sets for itself and for nodeup, by name.</summary>
internal static class BootEnvironment
{
    // Where the store is reached by these, and the control plane reads the store itself.
    private static readonly string[] Stores = ["S3_", "OS_"];

    public static SortedDictionary<string, string> Of(BuildContext context, MachineRole role)
    {
        var values = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (context.Cloud.Name == "aws" && context.Spec.Subnets.Select(subnet => subnet.Zone).FirstOrDefault(IsSet) is { } zone)
            values[VariableNames.AwsRegion] = context.Cloud.RegionOf(zone);
        if (role == MachineRole.ControlPlane)
        {
            foreach (
                var name in VariableNames.ForSystemPods.Where(name => Stores.Any(store => name.StartsWith(store, StringComparison.Ordinal)))
            )
            {
                if (context.Request.Variables[name] is { } value)
                    values[name] = value;
            }
        }

        foreach (var (name, value) in Proxy(context))
            values[name] = value;
        return values;
    }

    public static bool HasProxy(BuildContext context) => IsSet(context.Spec.EgressProxy?.HttpProxy?.Host);

    private static IEnumerable<(string Name, string Value)> Proxy(BuildContext context)
    {
        if (!HasProxy(context))
            return [];
        var (proxy, excludes) = (context.Spec.EgressProxy!.HttpProxy!, context.Spec.EgressProxy.Excludes ?? string.Empty);
        var address = proxy.Port is { } port and not 0 ? $"http://{proxy.Host}:{port}" : $"http://{proxy.Host}";
        return
        [
            ("HTTPS_PROXY", address),
            ("HTTP_PROXY", address),
            ("NO_PROXY", excludes),
            ("http_proxy", address),
            ("https_proxy", address),
            ("no_proxy", excludes),
        ];
    }

    private static bool IsSet(string? text) => text is { Length: > 0 };
}
