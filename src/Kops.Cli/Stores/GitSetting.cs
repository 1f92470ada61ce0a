using Kops.Vfs.Profiles;

namespace Kops.Cli.Stores;

/// <summary>What a profile can say of a store in a directory: whether each change is committed to git.</summary>
internal static class GitSetting
{
    public static StoreSetting Git { get; } =
        new("git", "`true`: each change is committed to the git work tree in which the directory lies");

    /// <summary>All that a profile can say of such a store.</summary>
    public static IReadOnlyList<StoreSetting> All { get; } = [Git];
}
