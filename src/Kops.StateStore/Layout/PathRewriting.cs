using Kops.Api.Documents;

namespace Kops.StateStore.Layout;

/// <summary>Rewrites the places that a spec names: every text that is an old address, or lies below one.</summary>
internal static class PathRewriting
{
    private const string FileScheme = "file://";

    /// <summary>Rewrites a tree in place; says how many fields changed.</summary>
    public static int Apply(MappingNode spec, IReadOnlyList<(string From, string To)> places) => Visit(spec, places, null, "spec");

    /// <summary>The same, naming to <paramref name="kept"/> each text that is left, with its path.</summary>
    public static int Visit(Node node, IReadOnlyList<(string From, string To)> places, Action<string, string>? kept, string at)
    {
        var count = 0;
        switch (node)
        {
            case MappingNode mapping:
                foreach (var (name, value) in mapping.ToArray())
                    count += Replace(value, text => mapping[name] = text, $"{at}.{name}");
                break;
            case SequenceNode list:
                for (var i = 0; i < list.Count; i++)
                {
                    var index = i;
                    count += Replace(list[i], text => list[index] = text, $"{at}[{i}]");
                }

                break;
            case ScalarNode scalar:
                kept?.Invoke(at, scalar.Text);
                break;
        }

        return count;

        int Replace(Node value, Action<ScalarNode> set, string path)
        {
            if (Rewritten(value, places) is not { } text)
                return Visit(value, places, kept, path);
            if (text == ((ScalarNode)value).Text)
                return 0;
            set(ScalarNode.Of(text));
            return 1;
        }
    }

    private static string? Rewritten(Node node, IReadOnlyList<(string From, string To)> places)
    {
        if (node is not ScalarNode { Kind: ScalarKind.Text } scalar)
            return null;
        foreach (var (from, to) in places)
        {
            foreach (var address in Spellings(from))
            {
                if (scalar.Text == address || scalar.Text.StartsWith(address + "/", StringComparison.Ordinal))
                    return to + scalar.Text[address.Length..];
            }
        }

        return null;
    }

    private static string[] Spellings(string address) =>
        address.StartsWith(FileScheme, StringComparison.Ordinal) ? [address, address[FileScheme.Length..]]
        : address.StartsWith('/') ? [address, FileScheme + address]
        : [address];
}
