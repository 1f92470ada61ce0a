namespace Kops.Templates.Tests.GoSemantics;

public sealed class Named_templates
{
    internal static readonly (string, string)[] Cases =
    [
        ("{{define \"x\"}}TEXT{{end}}{{template \"x\"}}", "TEXT"),
        ("{{template \"x\" .S}}{{define \"x\"}}[{{.}}]{{end}}", "[xyz]"),
        ("{{define \"x\"}}{{.}}{{end}}{{template \"x\"}}", "<no value>"),
        ("{{define \"x\"}}{{.V}}{{end}}{{template \"x\" .U}}", "v"),
        ("{{define \"x\"}}{{$.V}}{{end}}{{template \"x\" .PU}}", "v"),
        ("{{define `x`}}raw{{end}}{{template `x`}}", "raw"),
        ("{{define \"a\"}}A{{template \"b\" .}}{{end}}{{define \"b\"}}B{{.}}{{end}}{{template \"a\" 1}}", "AB1"),
        (
            "{{define \"x\"}}{{if gt . 0}}{{.}}{{template \"x\" (slice \"abc\" . | len | eq 0 | not | printf \"%v\" | len)}}{{end}}{{end}}",
            ""
        ),
        ("{{block \"x\" .S}}<{{.}}>{{end}}", "<xyz>"),
        ("{{block \"x\" .S}}a{{end}}{{template \"x\"}}", "aa"),
        ("{{define \"x\"}}one{{end}}{{block \"x\" .}}{{end}}", "one"),
        ("{{$x := 1}}{{block \"x\" .S}}{{$}}{{end}}", "xyz"),
        ("{{define \"x\"}} {{end}}{{define \"x\"}}two{{end}}{{template \"x\"}}", "two"),
        ("{{define \"x\"}}1{{end}}{{define \"x\"}}2{{end}}", "error: template: t:1: template: multiple definition of template \"x\""),
        ("{{template \"x\"}}", "error: template \"x\" not defined"),
        ("{{if false}}{{template \"x\"}}{{end}}", ""),
        ("{{template \"t\" .}}", "error: exceeded maximum template depth (1000)"),
        ("{{if true}}{{define \"x\"}}{{end}}{{end}}", "error: unexpected <define> in command"),
        ("{{define \"x\"}}{{$x := 1}}{{$x}}{{end}}{{template \"x\"}}{{template \"x\"}}", "11"),
        ("{{define \"x\"}}{{range .}}{{.}}{{if eq . 4}}{{break}}{{end}}{{end}}{{end}}{{template \"x\" .L}}", "34"),
    ];

    public static TheoryData<string, string> Rows() => CaseTable.Theory(Cases);

    [Theory]
    [MemberData(nameof(Rows))]
    public void Are_as_in_Go(string template, string expected) => CaseTable.Check(template, expected);
}
