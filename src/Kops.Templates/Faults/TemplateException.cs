namespace Kops.Templates.Faults;

/// <summary>
/// A template that cannot be parsed or executed. The message has Go's form: <c>template: NAME:LINE: ...</c> for a parse,
/// <c>template: NAME:LINE:COLUMN: executing "NAME" at &lt;ACTION&gt;: ...</c> for an execution.
/// </summary>
public sealed class TemplateException : Exception
{
    internal TemplateException(string message, string template, int line, int column, string action, Exception? cause = null)
        : base(message, cause) => (Template, Line, Column, Action) = (template, line, column, action);

    /// <summary>The name under which the text was parsed.</summary>
    public string Template { get; }

    /// <summary>The line in that text, from 1; 0 where the error belongs to no place in a text.</summary>
    public int Line { get; }

    /// <summary>How many bytes of UTF-8 stand before the place in its line, from 0, as Go counts.</summary>
    public int Column { get; }

    /// <summary>What was being evaluated, as source text; empty for an error of a parse.</summary>
    public string Action { get; }
}
