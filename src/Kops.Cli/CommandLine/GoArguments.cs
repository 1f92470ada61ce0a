using Kops.Model.Flags;

namespace Kops.Cli.CommandLine;

/// <summary>
/// Rewrites what Go's pflag reads differently from System.CommandLine into what both read alike: a switch never takes the next word
/// (<c>--yes demo</c>) and knows Go's spellings (<c>--yes=f</c>), a flag with an optional value takes it with <c>=</c> only, and
/// <c>--flag=</c> is an empty value.
/// </summary>
internal sealed class GoArguments
{
    private readonly Dictionary<string, Flag> _bare = new(StringComparer.Ordinal);

    public GoArguments(IEnumerable<Flag> flags)
    {
        foreach (var flag in flags)
        {
            if (flag.ValueWhenBare is null)
                continue;
            foreach (var name in flag.Aliases.Prepend(flag.Name))
                _bare[$"--{name}"] = flag;
        }
    }

    /// <summary>The words before <c>--</c>, rewritten, and the words after it.</summary>
    public (List<string> Words, IReadOnlyList<string> Verbatim) Rewrite(IReadOnlyList<string> arguments)
    {
        var words = new List<string>(arguments.Count);
        for (var i = 0; i < arguments.Count; i++)
        {
            var word = arguments[i];
            if (word == "--")
                return (words, [.. arguments.Skip(i + 1)]);
            if (word.StartsWith("--", StringComparison.Ordinal))
                AddFlag(words, word);
            else
                words.Add(word);
        }

        return (words, []);
    }

    private void AddFlag(List<string> words, string word)
    {
        var equals = word.IndexOf('=', StringComparison.Ordinal);
        var (name, value) = equals < 0 ? (word, null) : (word[..equals], word[(equals + 1)..]);
        if (_bare.TryGetValue(name, out var flag))
        {
            value ??= flag.ValueWhenBare!;
            if (flag.Kind == FlagKind.Switch)
                value = FlagValues.Boolean(name[2..], value) ? "true" : "false";
            words.Add($"{name}={value}");
        }
        else if (value is { Length: 0 })
        {
            words.AddRange([name, string.Empty]);
        }
        else
        {
            words.Add(word);
        }
    }
}
