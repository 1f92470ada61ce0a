using System.Text.RegularExpressions;

namespace Kops.Templates.Tests.Docs;

/// <summary>docs/templates.md: its samples run, its example compiles, and it names every function.</summary>
public sealed class The_page_on_templates
{
    private static readonly string Page = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "docs", "templates.md"));

    [Fact]
    public void Shows_what_its_samples_write()
    {
        var options = new TemplateOptions { Functions = new FunctionTable().AddSprig() };
        var data = Json(Blocks("json").Single());
        var (templates, outputs) = (Blocks("gotemplate"), Blocks("output"));

        Assert.NotEmpty(templates);
        Assert.Equal(templates.Count, outputs.Count);
        foreach (var (template, output) in templates.Zip(outputs))
            Assert.Equal(output, Template.Parse("page", template, options).Execute(data));
    }

    [Fact]
    public void Names_every_function()
    {
        var named = Regex.Matches(Page, "`(\\w+)`", RegexOptions.None, TimeSpan.FromSeconds(10)).Select(match => match.Groups[1].Value);
        var all = new FunctionTable().AddSprig().AddClock(TimeProvider.System).AddEnvironment(_ => null).Names;

        Assert.Empty(all.Except(named, StringComparer.Ordinal));
    }

    [Fact]
    public void Has_an_example_that_runs()
    {
        var clock = TimeProvider.System;
        // <example>
        var functions = new FunctionTable()
            .AddSprig()
            .AddClock(clock)
            .AddEnvironment(name => name == "REGION" ? "eu" : null)
            .Add("double", [ParameterType.Int], arguments => Value.OfInt(2 * arguments.Integer(0)))
            .Add("include", [ParameterType.Text, ParameterType.Any], arguments => arguments.Render(arguments.Text(0), arguments[1]));
        var templates = new TemplateSet(
            new TemplateOptions
            {
                Functions = functions,
                MissingKey = MissingKey.Error,
                Limits = new TemplateLimits { Steps = 100_000 },
            }
        );
        templates.Parse("part", "{{.host}}:{{double 4}}");
        templates.Parse("main", "{{include \"part\" . | upper}} {{env \"REGION\"}} {{if .spec.Enabled}}on{{end}}");
        var text = templates.Execute("main", new TemplateMap { ["host"] = "a.example", ["spec"] = Value.Of(new Spec()) });
        // </example>

        Assert.Equal("A.EXAMPLE:8 eu on", text);
        var source = File.ReadAllText(
            Path.Combine(RepositoryRoot.Path, "tests", "Kops.Templates.Tests", "Docs", "The_page_on_templates.cs")
        );
        var example = source.Split("// <example>")[1].Split("// </example>")[0];
        foreach (var line in example.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0))
            Assert.Contains(line, Page, StringComparison.Ordinal);
    }

    // The dot is what fromJson makes of the page's values.
    private static Value Json(string text)
    {
        var value = Value.Nil;
        var functions = new FunctionTable()
            .AddSprig()
            .Add(
                "keep",
                [ParameterType.Any],
                arguments =>
                {
                    value = arguments[0];
                    return string.Empty;
                }
            );
        Template.Parse("json", "{{fromJson . | keep}}", new TemplateOptions { Functions = functions }).Execute(text);
        return value;
    }

    private static List<string> Blocks(string language) =>
        [
            .. Regex
                .Matches(Page, $"^```{language}\n(.*?)\n```$", RegexOptions.Multiline | RegexOptions.Singleline, TimeSpan.FromSeconds(10))
                .Select(match => match.Groups[1].Value),
        ];

    private sealed class Spec : ITemplateObject
    {
        public string TypeName => "main.Spec";

        public bool TryGetField(string name, out Value value)
        {
            value = Value.Pointer(false);
            return name == "Enabled";
        }
    }
}
