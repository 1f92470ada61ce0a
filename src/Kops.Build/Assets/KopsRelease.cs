using Kops.Build.Input;

namespace Kops.Build.Assets;

/// <summary>Programs and images of kOps' own release.</summary>
internal static class KopsRelease
{
    /// <summary>The program that makes a machine part of the cluster, which the boot script downloads.</summary>
    public static NodeAsset Nodeup(BuildContext context, string architecture)
    {
        var path = $"linux/{architecture}/nodeup";
        if (context.Request.Variables[VariableNames.KopsBaseUrl] is { } own)
            return new($"{own.TrimEnd('/')}/{path}");
        var version = context.Request.Release;
        return new($"https://artifacts.k8s.io/binaries/kops/{version}/{path}")
        {
            Mirrors = [$"https://github.com/kubernetes/kops/releases/download/v{version}/nodeup-linux-{architecture}"],
        };
    }

    /// <summary>An image of the release; tags have no plus sign.</summary>
    public static string Image(BuildContext context, string name) =>
        $"{ReleaseImages.Registry}{name}:{context.Request.Release.Replace('+', '-')}";
}
