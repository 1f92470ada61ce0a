using Kops.Templates.Execution;
using Kops.Templates.Faults;
using Kops.Templates.Formatting;
using Kops.Templates.Lexing;
using Kops.Templates.Parsing;
using Kops.Templates.Values;

namespace Kops.Templates;

/// <summary>
/// Templates that know each other by name: <c>{{template "name" .}}</c> finds a text that was parsed under that name, or a definition in
/// one. Parse first; then any number of threads may execute at the same time.
/// </summary>
public sealed class TemplateSet
{
    private readonly Dictionary<string, TemplateTree> _trees = new(StringComparer.Ordinal);
    private readonly TemplateOptions _options;
    private readonly Delimiters _delimiters;

    /// <summary>Creates an empty set.</summary>
    public TemplateSet(TemplateOptions? options = null)
    {
        _options = options ?? new TemplateOptions();
        // As in Go, an empty one stands for the standard one.
        _delimiters = new Delimiters(
            _options.LeftDelimiter is { Length: > 0 } left ? left : Delimiters.Standard.Left,
            _options.RightDelimiter is { Length: > 0 } right ? right : Delimiters.Standard.Right
        );
    }

    /// <summary>The names of all templates, in order.</summary>
    public IEnumerable<string> Names => _trees.Keys.Order(StringComparer.Ordinal);

    /// <summary>
    /// Parses a text. Its definitions replace those of the same name that were parsed before, unless they hold nothing but blanks.
    /// </summary>
    /// <param name="name">The name of the text, which errors show.</param>
    /// <param name="text">The text.</param>
    /// <returns>The template.</returns>
    /// <exception cref="TemplateException">The text is no template.</exception>
    public Template Parse(string name, string text)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(text);
        foreach (var (key, tree) in Parser.Parse(name, text, _delimiters, _options.Functions.Find))
        {
            if (!tree.Root.IsBlank() || !_trees.ContainsKey(key))
                _trees[key] = tree;
        }

        return new Template(this, name);
    }

    /// <summary>Executes a template.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="data">The dot.</param>
    /// <returns>What it writes.</returns>
    /// <exception cref="TemplateException">It fails, or reaches a limit, or there is no such template.</exception>
    public string Execute(string name, Value data)
    {
        var state = new ExecutionState(_trees.GetValueOrDefault, _options.MissingKey, _options.Limits);
        var tree =
            state.Find(name)
            ?? throw new TemplateException(
                $"template: no template {GoQuote.Quote(name)} associated with this set of templates",
                name,
                0,
                0,
                string.Empty
            );
        state.Run(tree, data);
        return state.Output.ToString();
    }

    /// <summary>A template as source text: what it parses to is the same template.</summary>
    /// <exception cref="KeyNotFoundException">There is no such template.</exception>
    public string Print(string name) => _trees[name].ToString();
}
