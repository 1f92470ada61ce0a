namespace Kops.Templates.Tests.Hosting;

public sealed class Sets_hold_several_texts
{
    [Fact]
    public void That_find_each_other_by_name()
    {
        var set = new TemplateSet();
        set.Parse("main", "<{{template \"part\" .}}>");
        set.Parse("part", "{{.}}{{define \"inner\"}}!{{end}}{{template \"inner\"}}");

        Assert.Equal("<1!>", set.Execute("main", 1));
        Assert.Equal(["inner", "main", "part"], set.Names);
    }

    [Fact]
    public void Of_which_a_later_definition_replaces_an_earlier_one_unless_it_is_blank()
    {
        var set = new TemplateSet();
        set.Parse("a", "{{define \"x\"}}1{{end}}{{template \"x\"}}");
        set.Parse("b", "{{define \"x\"}}2{{end}}");
        set.Parse("c", "{{define \"x\"}} \n{{end}}");

        Assert.Equal("2", set.Execute("a", Value.Nil));
    }

    [Fact]
    public void And_stay_as_they_were_where_a_text_cannot_be_parsed()
    {
        var set = new TemplateSet();
        set.Parse("a", "1");

        Assert.Throws<TemplateException>(() => set.Parse("a", "{{define \"x\"}}2{{end}}{{"));

        Assert.Equal("1", set.Execute("a", Value.Nil));
        Assert.Equal(["a"], set.Names);
    }

    [Fact]
    public void And_say_which_is_missing()
    {
        var error = Assert.Throws<TemplateException>(() => new TemplateSet().Execute("x", Value.Nil));

        Assert.Equal("template: no template \"x\" associated with this set of templates", error.Message);
    }

    [Fact]
    public void And_run_on_many_threads_at_the_same_time()
    {
        var template = Template.Parse("t", "{{range $i, $x := .L}}{{$i}}={{$x}};{{end}}");

        var written = Enumerable.Range(0, 200).AsParallel().Select(_ => template.Execute(Sample.Dot())).Distinct(StringComparer.Ordinal);

        Assert.Equal(["0=3;1=4;2=5;"], written);
    }
}
