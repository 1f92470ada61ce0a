using Kops.Api.Documents;
using Kops.Cli.Hosting;

namespace Kops.Cli.Settings;

/// <summary>A configuration file of the user's, which may not be there.</summary>
/// <param name="Path">Where it stands.</param>
/// <param name="IsRequired">Whether the user named it.</param>
internal sealed record ConfigurationFile(string Path, bool IsRequired)
{
    private const string StateStoreKey = "kops_state_store";

    /// <summary>The files to ask, in order: the one that was named, else those that are looked for.</summary>
    public static IEnumerable<ConfigurationFile> Candidates(KopsHost host, string? named)
    {
        if (named is { Length: > 0 })
            return [new(named, IsRequired: true)];
        return host.Home is { } home
            ?
            [
                new(System.IO.Path.Combine(home, ".kops.yaml"), IsRequired: false),
                new(System.IO.Path.Combine(home, ".kops", "config"), IsRequired: false),
            ]
            : [];
    }

    /// <summary>What the file says; null when it is not there and need not be.</summary>
    /// <exception cref="CommandException">It is not there but was named, or cannot be read.</exception>
    public MappingNode? Read() => !IsRequired && !File.Exists(Path) ? null : YamlFile.Read(Path);

    /// <summary>The store that the file names; null when it names none, or is not there and need not be.</summary>
    /// <exception cref="CommandException">It is not there but was named, cannot be read, or is no YAML.</exception>
    public string? ReadStateStore() => ReadText(StateStoreKey, "must be the address of a store, such as s3://bucket or file:///srv/state");

    /// <summary>A text of the file; null where it has none, or is not there and need not be.</summary>
    /// <param name="key">What it is called.</param>
    /// <param name="rule">What is said of it where it is no text: <c>must be ...</c>.</param>
    /// <exception cref="CommandException">The file is not there but was named, cannot be read, or is no YAML.</exception>
    public string? ReadText(string key, string rule)
    {
        if (Read() is not { } root)
            return null;

        // Keys of this file count whatever their case, as in kOps.
        var value = root.Where(pair => pair.Key.Equals(key, StringComparison.OrdinalIgnoreCase)).Select(pair => pair.Value).LastOrDefault();
        return value switch
        {
            null or ScalarNode { Text.Length: 0 } => null,
            ScalarNode { Kind: ScalarKind.Text } text => text.Text,
            _ => throw CommandException.Failed($"{Path}: {key} {rule}"),
        };
    }
}
