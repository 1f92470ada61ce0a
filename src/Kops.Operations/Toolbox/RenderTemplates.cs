using System.Text;
using Kops.Api;
using Kops.Api.Documents;
using Kops.Api.Yaml;
using Kops.Templates;
using Kops.Templates.Execution;
using Kops.Templates.Faults;
using Kops.Templates.Values;

namespace Kops.Operations.Toolbox;

/// <summary>Makes documents of templates and values, as <c>kops toolbox template</c> does. It reads and writes nothing.</summary>
public static class RenderTemplates
{
    private const string Divider = "---\n";

    /// <summary>The documents of all templates, divided by <c>---</c>.</summary>
    /// <exception cref="OperationException">A template fails, or an assignment is malformed.</exception>
    /// <exception cref="InvalidObjectException">Values are no YAML; or what was rendered is none, and was to be formatted.</exception>
    public static string Render(TemplateRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var values = TemplateValues.Of(request);
        var documents = new List<string>();
        foreach (var template in request.Templates)
        {
            var text = Render(request, template, values);
            if (request.FormatsYaml)
                documents.AddRange(Formatted(template, text));
            else if (text.Length > 0)
                documents.Add(text);
        }

        // What does not end its last line would take the divider into it.
        return string.Join(Divider, documents.Select((text, i) => i == documents.Count - 1 || text.EndsWith('\n') ? text : text + "\n"));
    }

    /// <summary>A value as it prints; <c>null</c> where there is none.</summary>
    public static string ShowValue(TemplateRequest request, string name)
    {
        ArgumentNullException.ThrowIfNull(request);
        return TemplateValues.Of(request).TryGetValue(name, out var value) && !value.IsNil
            ? Template.Parse("value", "{{.}}").Execute(value)
            : "null";
    }

    private static string Render(TemplateRequest request, TemplateFile template, TemplateMap values)
    {
        var set = new TemplateSet(
            new TemplateOptions
            {
                Functions = TemplateFunctions.Of(request),
                MissingKey = request.FailsOnMissing ? MissingKey.Error : MissingKey.Default,
            }
        );
        try
        {
            foreach (var snippet in request.Snippets)
                set.Parse(Path.GetFileName(snippet.Name), snippet.Text);
            var main = set.Names.Contains(template.Name, StringComparer.Ordinal) ? "./" + template.Name : template.Name;
            return set.Parse(main, template.Text).Execute(values);
        }
        catch (TemplateException failed)
        {
            throw OperationException.Failed($"cannot render {template.Name}: {failed.Message}", failed);
        }
    }

    private static IEnumerable<string> Formatted(TemplateFile template, string text) =>
        YamlReader
            .Read(Encoding.UTF8.GetBytes(text), $"what {template.Name} renders")
            .Select(document => document.Root)
            .Where(root => root is not (MappingNode { Count: 0 } or ScalarNode { Kind: ScalarKind.Null }))
            .Select(YamlWriter.Write);
}
