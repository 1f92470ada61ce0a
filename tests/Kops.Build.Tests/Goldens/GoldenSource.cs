using Kops.Build.Addons.Sources;
using Kops.Model.Tests.Goldens;

namespace Kops.Build.Tests.Goldens;

/// <summary>The addons of the version of kOps that made the golden cases: what a user brings along.</summary>
internal static class GoldenSource
{
    public static string Folder => Path.Combine(GoldenCases.Shared, "kops-source", AddonSource.Folder);

    public static AddonSource Load() =>
        new(
            Directory
                .GetFiles(Folder, "*", SearchOption.AllDirectories)
                .Select(file =>
                    KeyValuePair.Create(
                        Path.GetRelativePath(Folder, file).Replace('\\', '/'),
                        (ReadOnlyMemory<byte>)File.ReadAllBytes(file)
                    )
                )
        );
}
