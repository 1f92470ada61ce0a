namespace Kops.Templates.Tests.Properties;

public sealed class Whatever_the_template
{
    private static readonly TemplateLimits Small = new()
    {
        OutputLength = 20_000,
        Steps = 20_000,
        CallDepth = 50,
    };

    [Fact]
    public void It_ends_with_a_text_or_an_error_that_names_its_place() =>
        Gen.Frequency((2, TemplateGen.Right), (3, TemplateGen.Mutated), (2, TemplateGen.Pieced)).Sample(ExecuteOnce, iter: 6_000);

    [Fact]
    public void Any_characters_are_a_template_or_an_error() => Gen.String.Sample(ExecuteOnce, iter: 3_000);

    [Fact]
    public void Printing_is_a_fixed_point_of_parsing() =>
        Gen.Frequency((3, TemplateGen.Right), (1, TemplateGen.Mutated)).Sample(PrintTwice, iter: 5_000);

    [Fact]
    public void What_is_printed_writes_the_same() =>
        TemplateGen.Right.Sample(
            text =>
            {
                var set = new TemplateSet(Options());
                try
                {
                    set.Parse("t", text);
                }
                catch (TemplateException)
                {
                    return;
                }

                var printed = new TemplateSet(Options());
                foreach (var name in set.Names)
                    printed.Parse(name, set.Print(name));
                Assert.Equal(Result(set), Result(printed));
            },
            iter: 2_000
        );

    [Fact]
    public void Most_of_the_random_templates_are_right() =>
        TemplateGen.Right.Array[200].Sample(texts => Assert.InRange(texts.Count(text => Parsed(text) is not null), 80, 200), iter: 5);

    internal static void PrintTwice(string text)
    {
        var set = new TemplateSet(Options());
        try
        {
            set.Parse("t", text);
        }
        catch (TemplateException)
        {
            return;
        }

        foreach (var name in set.Names)
        {
            var once = set.Print(name);
            var again = Template.Parse("again", once, Options());
            Assert.Equal(once, again.ToString());
        }
    }

    private static TemplateOptions Options() => SprigOptions with { Limits = Small };

    private static TemplateOptions SprigOptions { get; } = new() { Functions = new FunctionTable().AddSprig() };

    private static Template? Parsed(string text)
    {
        try
        {
            return Template.Parse("t", text, Options());
        }
        catch (TemplateException)
        {
            return null;
        }
    }

    private static string Result(TemplateSet set)
    {
        try
        {
            return set.Execute("t", Sample.Dot());
        }
        catch (TemplateException error)
        {
            // The place differs: the printed text has other lines.
            return error.Action;
        }
    }

    private static void ExecuteOnce(string text)
    {
        try
        {
            var written = Template.Parse("t", text, Options()).Execute(Sample.Dot());
            Assert.True(written.Length <= Small.OutputLength);
        }
        catch (TemplateException error)
        {
            Assert.StartsWith("template: t:", error.Message, StringComparison.Ordinal);
            Assert.True(error.InnerException is null or FunctionException, $"{text}\n{error.InnerException}");
        }
    }
}
