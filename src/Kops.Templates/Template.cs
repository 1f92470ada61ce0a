using Kops.Templates.Faults;
using Kops.Templates.Values;

namespace Kops.Templates;

/// <summary>A parsed template of Go's <c>text/template</c>.</summary>
public sealed class Template
{
    private readonly TemplateSet _set;

    internal Template(TemplateSet set, string name) => (_set, Name) = (set, name);

    /// <summary>The name under which it was parsed.</summary>
    public string Name { get; }

    /// <summary>Parses a text that needs no others.</summary>
    /// <param name="name">Its name, which errors show.</param>
    /// <param name="text">The text.</param>
    /// <param name="options">How to parse and execute it.</param>
    /// <exception cref="TemplateException">The text is no template.</exception>
    public static Template Parse(string name, string text, TemplateOptions? options = null) => new TemplateSet(options).Parse(name, text);

    /// <summary>Executes the template.</summary>
    /// <param name="data">The dot.</param>
    /// <returns>What it writes.</returns>
    /// <exception cref="TemplateException">It fails, or reaches a limit.</exception>
    public string Execute(Value data) => _set.Execute(Name, data);

    /// <summary>The template as source text, without its definitions: what it parses to is the same template.</summary>
    public override string ToString() => _set.Print(Name);
}
