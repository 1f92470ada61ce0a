namespace Kops.Templates.Execution;

/// <summary>
/// Bounds of one execution, since templates come from outside. An execution that reaches one ends with a
/// <see cref="Faults.TemplateException"/>. How deep a text may nest is fixed: 500 blocks and parentheses, 500 lists and maps.
/// </summary>
public sealed record TemplateLimits
{
    /// <summary>The most characters (UTF-16) that the output may have, and any text on the way: 16 Mi.</summary>
    public int OutputLength { get; init; } = 16 * 1024 * 1024;

    /// <summary>
    /// The most steps: 10,000,000. A node that is executed is one, an element that a function makes another, and so are 64 characters of
    /// the texts that a function is given or gives.
    /// </summary>
    public long Steps { get; init; } = 10_000_000;

    /// <summary>How many templates may be under way within each other: 1,000.</summary>
    public int CallDepth { get; init; } = 1000;
}
