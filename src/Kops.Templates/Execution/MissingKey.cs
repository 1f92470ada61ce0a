namespace Kops.Templates.Execution;

/// <summary>What a key gives that a map does not have: Go's option <c>missingkey</c>.</summary>
public enum MissingKey
{
    /// <summary>Nothing, which prints as <c>&lt;no value&gt;</c>.</summary>
    Default,

    /// <summary>The zero of the type of the map's values; for values of any type that is <c>nil</c>.</summary>
    Zero,

    /// <summary>An error.</summary>
    Error,
}
