namespace Kops.Model.Flags;

/// <summary>How the values of a flag are written, as in kOps' command line (pflag).</summary>
public enum FlagKind
{
    /// <summary>One text; the last one given wins.</summary>
    Text,

    /// <summary>Texts, separated by commas (a text with a comma in double quotes), or the flag repeated.</summary>
    List,

    /// <summary>A 32-bit whole number: decimal, <c>0x</c>, <c>0o</c> or <c>0b</c>.</summary>
    Integer,

    /// <summary>A switch: alone it is true, <c>--flag=false</c> turns it off. It takes no separate word as its value.</summary>
    Switch,
}
