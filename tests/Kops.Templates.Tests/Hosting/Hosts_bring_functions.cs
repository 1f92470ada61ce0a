namespace Kops.Templates.Tests.Hosting;

public sealed class Hosts_bring_functions
{
    [Fact]
    public void Of_any_name_also_those_of_Go()
    {
        var functions = new FunctionTable()
            .Add("double", [ParameterType.Int], a => Value.OfInt(2 * a.Integer(0)))
            .Add("len", [ParameterType.Any], _ => "mine");

        Assert.Equal("6 mine", Write("{{double 3}} {{len 1}}", functions));
    }

    [Fact]
    public void That_take_any_number_of_arguments()
    {
        var functions = new FunctionTable().Add("count", [ParameterType.Text], ParameterType.Int, a => $"{a.Text(0)}{a.Count - 1}");

        Assert.Equal("n0 n2", Write("{{count \"n\"}} {{count \"n\" 1 2}}", functions));
        Assert.Equal("error: expected integer; found \"x\"", Write("{{count \"n\" 1 \"x\"}}", functions));
    }

    [Fact]
    public void That_render_named_templates_as_include_does()
    {
        var functions = new FunctionTable()
            .AddSprig()
            .Add("include", [ParameterType.Text, ParameterType.Any], a => a.Render(a.Text(0), a[1]));

        Assert.Equal("  a\n  1!", Write("{{define \"x\"}}a\n{{.}}{{end}}{{include \"x\" 1 | indent 2}}!", functions));
        Assert.Equal("error: error calling include: template \"y\" not defined", Write("{{include \"y\" 1}}", functions));
        Assert.Equal(
            "error: template: t:1:16: executing \"x\" at <.a>: can't evaluate field a in type int",
            CaseTable.Run("{{define \"x\"}}{{.a}}{{end}}{{include \"x\" 1}}", Value.Nil, new TemplateOptions { Functions = functions })
        );
    }

    [Fact]
    public void Whose_templates_count_towards_the_same_limits()
    {
        var functions = new FunctionTable().Add("include", [ParameterType.Text, ParameterType.Any], a => a.Render(a.Text(0), a[1]));
        var options = new TemplateOptions
        {
            Functions = functions,
            Limits = new TemplateLimits { CallDepth = 20, Steps = 1000 },
        };

        Assert.Contains(
            "exceeded maximum template depth (20)",
            CaseTable.Run("{{include \"t\" .}}", Value.Nil, options),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "takes more than 1000 steps",
            CaseTable.Run("{{define \"x\"}}{{range 100}}{{end}}{{end}}{{range 100}}{{$_ := include \"x\" .}}{{end}}", Value.Nil, options),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Whose_failures_keep_their_cause()
    {
        var functions = new FunctionTable().Add("boom", [], _ => throw new InvalidOperationException("out of order"));

        var error = Assert.Throws<TemplateException>(() =>
            Template.Parse("t", "{{boom}}", new TemplateOptions { Functions = functions }).Execute(Value.Nil)
        );

        Assert.Equal("template: t:1:2: executing \"t\" at <boom>: error calling boom: out of order", error.Message);
        Assert.IsType<InvalidOperationException>(error.InnerException);
    }

    [Fact]
    public void And_cancel_with_the_exception_of_their_own()
    {
        var functions = new FunctionTable().Add("stop", [], _ => throw new OperationCanceledException());

        Assert.Throws<OperationCanceledException>(() =>
            Template.Parse("t", "{{stop}}", new TemplateOptions { Functions = functions }).Execute(Value.Nil)
        );
    }

    [Fact]
    public void With_names_that_can_be_called() => Assert.Throws<ArgumentException>(() => new FunctionTable().Add("a-b", [], _ => 1));

    [Fact]
    public void Such_as_break_which_then_is_no_keyword()
    {
        var functions = new FunctionTable().Add("break", [ParameterType.Int], a => Value.OfInt(a.Integer(0) + 1));

        Assert.Equal("3", Write("{{break 2}}", functions));
    }

    [Fact]
    public void And_say_what_time_it_is()
    {
        var functions = new FunctionTable().AddClock(new StoppedClock()).AddSprig();

        Assert.Equal("2024-02-29 12:30 1h30m0s", Write("{{now | date \"2006-01-02 15:04\"}} {{ago 1709204400}}", functions));
        Assert.Equal("2024", Write("{{date \"2006\" \"anything\"}}", functions));
    }

    [Fact]
    public void And_what_the_environment_is()
    {
        var functions = new FunctionTable().AddEnvironment(name => name == "HOME" ? "/root" : null);

        Assert.Equal(
            "/root [] /root/x /root  x $ end",
            Write("{{env \"HOME\"}} [{{env \"NO\"}}] {{expandenv \"$HOME/x ${HOME} $5 ${}x $ ${end\"}}", functions)
        );
    }

    private static string Write(string template, FunctionTable functions) =>
        CaseTable.Run(template, Value.Nil, new TemplateOptions { Functions = functions }, withPlace: false);

    private sealed class StoppedClock : TimeProvider
    {
        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

        public override DateTimeOffset GetUtcNow() => new(2024, 2, 29, 12, 30, 0, TimeSpan.Zero);
    }
}
