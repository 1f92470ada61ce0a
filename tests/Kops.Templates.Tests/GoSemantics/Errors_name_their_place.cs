namespace Kops.Templates.Tests.GoSemantics;

public sealed class Errors_name_their_place
{
    internal static readonly (string, string)[] Cases =
    [
        ("{{.NO}}", "error: template: t:1:2: executing \"t\" at <.NO>: can't evaluate field NO in type main.T"),
        ("{{.U.NO}}", "error: template: t:1:4: executing \"t\" at <.U.NO>: can't evaluate field NO in type main.U"),
        ("a\nbc {{.NO}}", "error: template: t:2:5: executing \"t\" at <.NO>: can't evaluate field NO in type main.T"),
        ("\u00E9 {{.NO}}", "error: template: t:1:5: executing \"t\" at <.NO>: can't evaluate field NO in type main.T"),
        ("{{$x := .U}}{{$x.NO}}", "error: template: t:1:16: executing \"t\" at <$x.NO>: can't evaluate field NO in type main.U"),
        ("{{(.U).NO}}", "error: template: t:1:6: executing \"t\" at <(.U).NO>: can't evaluate field NO in type main.U"),
        ("{{len 3}}", "error: template: t:1:2: executing \"t\" at <len 3>: error calling len: len of type int"),
        ("{{3 | len}}", "error: template: t:1:6: executing \"t\" at <len>: error calling len: len of type int"),
        (
            "{{index .L 10 | print}}",
            "error: template: t:1:2: executing \"t\" at <index .L 10>: error calling index: index out of range: 10"
        ),
        ("{{print (len 3)}}", "error: template: t:1:9: executing \"t\" at <len 3>: error calling len: len of type int"),
        ("{{len}}", "error: template: t:1:2: executing \"t\" at <len>: wrong number of args for len: want 1 got 0"),
        ("{{.Refuse}}", "error: template: t:1:2: executing \"t\" at <.Refuse>: error calling Refuse: no, thank you"),
        (
            "{{printf \"%s %s\" \"abcdef\" (index .L 3)}}",
            "error: template: t:1:27: executing \"t\" at <index .L 3>: error calling index: index out of range: 3"
        ),
        (
            "{{index .L 10 20 30 40 50}}",
            "error: template: t:1:2: executing \"t\" at <index .L 10 20 30 40...>: error calling index: index out of range: 10"
        ),
        ("{{template \"y\"}}", "error: template: t:1:11: executing \"t\" at <{{template \"y\"}}>: template \"y\" not defined"),
        (
            "{{define \"x\"}}\n{{.NO}}{{end}}{{template \"x\" .}}",
            "error: template: t:2:2: executing \"x\" at <.NO>: can't evaluate field NO in type main.T"
        ),
        ("{{range .S}}{{end}}", "error: template: t:1:8: executing \"t\" at <.S>: range can't iterate over xyz"),
        ("{{if .NO}}{{end}}", "error: template: t:1:5: executing \"t\" at <.NO>: can't evaluate field NO in type main.T"),
        ("{{.Double}}", "error: template: t:1:2: executing \"t\" at <{{.Double}}>: can't print .Double of type func"),
        ("{{.Method1 \"x\"}}", "error: template: t:1:11: executing \"t\" at <\"x\">: expected integer; found \"x\""),
        ("{{.I 1}}", "error: template: t:1:2: executing \"t\" at <.I>: I has arguments but cannot be invoked as function"),
        ("{{1 2}}", "error: template: t:1:2: executing \"t\" at <1>: can't give argument to non-function 1"),
        ("{{$x = 1}}", "error: template: t:1:2: executing \"t\" at <$x = 1>: undefined variable: $x"),
        ("{{nosuch}}", "error: template: t:1: function \"nosuch\" not defined"),
        ("a\n\n{{nosuch}}", "error: template: t:3: function \"nosuch\" not defined"),
        ("{{if .True}}", "error: template: t:1: unexpected EOF"),
        ("{{\n\n1", "error: template: t:3: unclosed action started at t:1"),
        ("{{\n\n1#}}", "error: template: t:3: unexpected \"#\" in operand"),
        ("{{\n\n\"x}}", "error: template: t:3: unterminated quoted string in action started at t:1"),
    ];

    public static TheoryData<string, string> Rows() => CaseTable.Theory(Cases);

    [Theory]
    [MemberData(nameof(Rows))]
    public void As_in_Go(string template, string expected) => CaseTable.Check(template, expected);

    [Fact]
    public void And_say_it_in_properties_too()
    {
        var error = Assert.Throws<TemplateException>(() =>
            Template.Parse("page", "ab\n  {{.a.b.c}}").Execute(new TemplateMap { ["a"] = 1 })
        );

        Assert.Equal("page", error.Template);
        Assert.Equal((2, 6), (error.Line, error.Column));
        Assert.Equal(".a.b.c", error.Action);
    }

    [Fact]
    public void A_parse_error_has_a_line_and_a_column()
    {
        var error = Assert.Throws<TemplateException>(() => Template.Parse("page", "ab\n  {{nosuch}}"));

        Assert.Equal((2, 4), (error.Line, error.Column));
        Assert.Equal("template: page:2: function \"nosuch\" not defined", error.Message);
    }
}
