using System.Text.RegularExpressions;

namespace Kops.Model.Tests.Goldens;

/// <summary>What a boot script says, without the lines of the script itself.</summary>
internal static partial class BootScriptText
{
    /// <summary>Where nodeup is and what it must be, what is exported, and what the machine is told.</summary>
    // The here-document stands for itself, whatever line it is written by.
    public static string Said(string script) =>
        string.Join('\n', Fact().Matches(script).Select(match => match.Value)) + "\n" + Told().Match(script).Groups["told"].Value.Trim();

    [GeneratedRegex("^(NODEUP_(URL|HASH)_[A-Z0-9]+=|export ).*$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Fact();

    [GeneratedRegex("<< '__EOF_KUBE_ENV'\\n(?<told>.*?)\\n__EOF_KUBE_ENV", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Told();
}
