namespace Kops.Build.Input;

/// <summary>Images of kOps' own release.</summary>
internal static class ReleaseImages
{
    /// <summary>Where they lie.</summary>
    public const string Registry = "registry.k8s.io/kops/";

    /// <summary>The image that the environment names in the place of one of the release's; else the image itself.</summary>
    public static string Replaced(BuildVariables variables, string image) =>
        image.StartsWith(Registry, StringComparison.Ordinal)
        && image.IndexOf(':', Registry.Length) is var tag and > 0
        && VariableNames.Images.TryGetValue(image[Registry.Length..tag], out var variable)
            ? variables[variable] ?? image
            : image;
}
