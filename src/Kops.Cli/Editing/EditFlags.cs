using Kops.Cli.CommandLine;

namespace Kops.Cli.Editing;

/// <summary>The flags that change fields without an editor.</summary>
internal static class EditFlags
{
    public static Flag<IReadOnlyList<string>> Set { get; } =
        Flag.List("set", "Set a field without an editor: spec.kubernetesVersion=1.36.3") with
        {
            IsLazy = true,
        };

    public static Flag<IReadOnlyList<string>> Unset { get; } = Flag.List("unset", "Clear a field without an editor: spec.sshKeyName");
}
