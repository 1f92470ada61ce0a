using System.Text.RegularExpressions;

namespace Kops.Templates.Tests.Hosting;

/// <summary>The addon templates of a kOps source beside the repository, where it is.</summary>
public sealed class Templates_of_kOps
{
    private const int Known = 46;

    private static string Root =>
        Path.Combine(Environment.GetEnvironmentVariable("KOPS_SHARED") ?? Path.Combine(RepositoryRoot.Path, "..", "shared"), "kops-source");

    [Fact]
    public void All_parse_and_print_as_what_they_parse_to()
    {
        Assert.SkipUnless(Directory.Exists(Root), $"no kOps source in {Root}: KOPS_SHARED names the directory that holds it");
        var files = Directory.EnumerateFiles(Root, "*.template", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToList();

        foreach (var file in files)
        {
            var name = Path.GetRelativePath(Root, file);
            var (template, functions) = ParseWithWhatItNeeds(name, File.ReadAllText(file));
            var once = template.ToString();
            Assert.Equal(once, Template.Parse(name, once, new TemplateOptions { Functions = functions }).ToString());
        }

        Assert.Equal(Known, files.Count);
    }

    [Fact]
    public void Run_on_a_host_that_gives_nothing_up_to_the_first_field_that_it_lacks()
    {
        Assert.SkipUnless(Directory.Exists(Root), $"no kOps source in {Root}: KOPS_SHARED names the directory that holds it");
        foreach (var file in Directory.EnumerateFiles(Root, "*.template", SearchOption.AllDirectories))
        {
            var (template, _) = ParseWithWhatItNeeds(Path.GetFileName(file), File.ReadAllText(file));
            try
            {
                template.Execute(new TemplateMap());
            }
            catch (TemplateException error)
            {
                Assert.True(error.InnerException is null or FunctionException, $"{file}: {error.InnerException}");
            }
        }
    }

    // kOps' own functions are stubs here: what matters is that everything else is understood.
    private static (Template Template, FunctionTable Functions) ParseWithWhatItNeeds(string name, string text)
    {
        var functions = new FunctionTable().AddSprig();
        while (true)
        {
            try
            {
                return (Template.Parse(name, text, new TemplateOptions { Functions = functions }), functions);
            }
            catch (TemplateException error) when (Missing(error) is { } function)
            {
                functions.Add(function, [], ParameterType.Any, _ => string.Empty);
            }
        }
    }

    private static string? Missing(TemplateException error) =>
        Regex.Match(error.Message, "function \"(\\w+)\" not defined$", RegexOptions.None, TimeSpan.FromSeconds(10))
            is { Success: true } match
            ? match.Groups[1].Value
            : null;
}
