namespace Kops.Templates.Functions;

/// <summary>How JSON is written.</summary>
internal enum JsonStyle
{
    /// <summary>On one line, safe within HTML.</summary>
    Escaped,

    /// <summary>On one line, without care for HTML.</summary>
    Raw,

    /// <summary>Indented by two blanks, safe within HTML.</summary>
    Indented,
}
