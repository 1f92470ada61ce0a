namespace Kops.Api.Validation;

/// <summary>Labels of cloud resources, by which kOps finds its own: those cannot be the user's.</summary>
internal static class LabelRules
{
    private static readonly string[] Names = ["Name", "KubernetesCluster"];
    private static readonly string[] Prefixes = ["kubernetes.io/cluster/", "k8s.io/role/", "kops.k8s.io/"];

    public static void Reserved(string key, Field label)
    {
        label.FailIf(Names.Contains(key), $"'{key}' is reserved: choose another label");
        label.FailIf(
            Prefixes.FirstOrDefault(prefix => key.StartsWith(prefix, StringComparison.Ordinal)) is not null,
            $"'{key}' begins with a reserved prefix: choose another label"
        );
    }
}
