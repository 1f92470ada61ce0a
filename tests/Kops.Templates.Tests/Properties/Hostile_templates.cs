namespace Kops.Templates.Tests.Properties;

public sealed class Hostile_templates
{
    private static readonly TemplateOptions Options = new()
    {
        Functions = new FunctionTable().AddSprig(),
        Limits = new TemplateLimits
        {
            OutputLength = 100_000,
            Steps = 100_000,
            CallDepth = 100,
        },
    };

    [Theory]
    [InlineData("{{range .Seq}}{{end}}", "takes more than 100000 steps")]
    [InlineData("{{range until 1000000000}}{{end}}", "takes more than 100000 steps")]
    [InlineData("{{range 1000000000}}{{end}}", "takes more than 100000 steps")]
    [InlineData("{{range 100000}}{{range 100000}}{{end}}{{end}}", "takes more than 100000 steps")]
    [InlineData("{{untilStep -9223372036854775808 9223372036854775807 1}}", "takes more than 100000 steps")]
    [InlineData("{{seq 9223372036854775806}}", "takes more than 100000 steps")]
    [InlineData("{{repeat 1000000000 \"x\"}}", "longer than 100000 characters")]
    [InlineData("{{indent 1000000000 \"x\"}}", "longer than 100000 characters")]
    [InlineData("{{printf \"%1000000d\" 1}}", "longer than 100000 characters")]
    [InlineData("{{printf \"%.1000000d\" 1}}", "longer than 100000 characters")]
    [InlineData("{{printf \"%.1000000f\" 1.5}}", "longer than 100000 characters")]
    [InlineData("{{printf \"%*d\" 999999 1}}", "longer than 100000 characters")]
    [InlineData("{{$x := \"aaaaaaaa\"}}{{range 100}}{{$x = print $x $x}}{{end}}", "longer than 100000 characters")]
    [InlineData("{{$x := repeat 50000 \"a\"}}{{replace \"a\" $x $x}}", "longer than 100000 characters")]
    [InlineData("{{$x := repeat 50000 \"a\"}}{{join $x (until 90)}}", "longer than 100000 characters")]
    [InlineData("{{$x := repeat 50000 \"a\"}}{{regexReplaceAll \"a\" $x $x}}", "longer than 100000 characters")]
    [InlineData("{{$x := repeat 50000 \"a\"}}{{$x}}{{$x}}{{$x}}", "longer than 100000 characters")]
    [InlineData("{{$x := repeat 50000 \"<\"}}{{html $x}}", "longer than 100000 characters")]
    [InlineData("{{$x := list}}{{range 1000}}{{$x = list $x}}{{end}}{{$x}}", "nested more than 500 levels deep")]
    [InlineData("{{$x := list}}{{range 1000}}{{$x = list $x}}{{end}}{{toJson $x}}", "nested more than 500 levels deep")]
    [InlineData("{{$x := list}}{{range 1000}}{{$x = list $x}}{{end}}{{deepCopy $x}}", "nested more than 500 levels deep")]
    [InlineData("{{$x := list}}{{range 1000}}{{$x = list $x}}{{end}}{{deepEqual $x (deepCopy $x)}}", "nested more than 500 levels deep")]
    [InlineData("{{$d := dict}}{{$_ := set $d \"self\" $d}}{{$d}}", "or holds itself")]
    [InlineData("{{$d := dict}}{{$_ := set $d \"self\" $d}}{{toJson $d}}", "or holds itself")]
    [InlineData("{{$d := dict}}{{$_ := set $d \"self\" $d}}{{$e := dict}}{{$_ := set $e \"self\" $e}}{{merge $d $e}}", "or holds itself")]
    [InlineData("{{$x := list 1 2}}{{range 30}}{{$x = concat $x $x}}{{end}}", "takes more than 100000 steps")]
    [InlineData("{{$x := repeat 90000 \"a\"}}{{range 90000}}{{$_ := contains \"b\" $x}}{{end}}", "takes more than 100000 steps")]
    [InlineData("{{$x := repeat 90000 \"a\"}}{{contains (print (repeat 40000 \"a\") \"b\") $x}}", "takes more than 100000 steps")]
    [InlineData("{{$x := until 9000}}{{range 9000}}{{$_ := has $x (list (until 9000) (list $x))}}{{end}}", "takes more than 100000 steps")]
    [InlineData("{{range 9000}}{{$_ := regexMatch (printf \"(a{90}){90}%d\" .) \"a\"}}{{end}}", "takes more than 100000 steps")]
    [InlineData("{{$x := repeat 90000 \"a\"}}{{range 9000}}{{$_ := trimAll $x $x}}{{end}}", "takes more than 100000 steps")]
    [InlineData(
        "{{$x := repeat 90000 \"a\"}}{{$l := list}}{{range 90}}{{$l = append $l $x}}{{end}}{{sortAlpha $l}}",
        "takes more than 100000 steps"
    )]
    [InlineData("{{template \"t\" .}}", "exceeded maximum template depth (100)")]
    [InlineData(
        "{{define \"a\"}}{{template \"b\" .}}{{end}}{{define \"b\"}}{{template \"a\" .}}{{end}}{{template \"a\" .}}",
        "exceeded maximum template depth (100)"
    )]
    [InlineData(
        "{{define \"a\"}}{{range 3}}{{template \"a\" .}}{{end}}{{end}}{{template \"a\" .}}",
        "exceeded maximum template depth (100)"
    )]
    public void End_with_an_error(string template, string problem) =>
        Assert.Contains(problem, CaseTable.Run(template, Sample.Dot(), Options), StringComparison.Ordinal);

    [Theory]
    [InlineData("{{(", "1", ")}}")]
    [InlineData("{{if true}}", "", "{{end}}")]
    [InlineData("{{with 1}}", "", "{{end}}")]
    [InlineData("{{if false}}{{else if false}}", "", "{{end}}{{end}}")]
    [InlineData("{{block \"x\" .}}", "", "{{end}}")]
    [InlineData("{{print (", "1", ")}}")]
    public void That_nest_too_deeply_are_refused_on_a_thread_of_the_usual_stack(string open, string inner, string close)
    {
        var deep =
            open.StartsWith("{{(", StringComparison.Ordinal) || open.StartsWith("{{print", StringComparison.Ordinal)
                ? "{{" + string.Concat(Enumerable.Repeat(open[2..], 100_000)) + inner + new string(')', 100_000) + "}}"
                : string.Concat(Enumerable.Repeat(open, 100_000)) + inner + string.Concat(Enumerable.Repeat(close, 100_000));

        var written = CaseTable.Run(deep, Sample.Dot(), Options);

        Assert.Contains("nested more than 500 levels deep", written, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_chain_of_else_if_is_refused_not_a_crash()
    {
        var chain = "{{if false}}" + string.Concat(Enumerable.Repeat("{{else if false}}", 100_000)) + "{{end}}";

        Assert.Contains("nested more than 500", CaseTable.Run(chain, Sample.Dot(), Options), StringComparison.Ordinal);
    }

    [Fact]
    public void The_deepest_that_is_allowed_runs_even_within_templates_that_call_each_other()
    {
        var body =
            string.Concat(Enumerable.Repeat("{{if true}}", 490))
            + "{{template \"t\" .}}"
            + string.Concat(Enumerable.Repeat("{{end}}", 490));
        var options = Options with { Limits = Options.Limits with { CallDepth = 100_000, Steps = 100_000_000 } };

        var written = CaseTable.Run(body, Sample.Dot(), options);

        Assert.Contains("too deeply for the stack", written, StringComparison.Ordinal);
    }

    [Fact]
    public void A_small_stack_is_enough_for_a_clear_error()
    {
        var body = string.Concat(Enumerable.Repeat("{{if true}}", 490)) + "x" + string.Concat(Enumerable.Repeat("{{end}}", 490));
        var written = string.Empty;
        var thread = new Thread(() => written = CaseTable.Run(body, Sample.Dot(), Options), maxStackSize: 256 * 1024);

        thread.Start();
        thread.Join();

        Assert.True(written == "x" || written.StartsWith("error: template: t:", StringComparison.Ordinal), written);
    }

    [Fact]
    public void Many_tokens_and_many_chains_take_time_in_proportion()
    {
        var text = string.Concat(Enumerable.Repeat("{{.S}}{{.M.one}} text\n", 20_000));

        Assert.Equal(20_000 * "xyz1 text\n".Length, Template.Parse("t", text).Execute(Sample.Dot()).Length);
    }
}
