namespace Kops.Templates.Tests.GoSemantics;

public sealed class Missing_keys
{
    internal static readonly (MissingKey Option, string Template, string Expected)[] Cases =
    [
        (MissingKey.Default, "{{.M.x}} {{.MS.x}} {{.MI.x}}", "<no value> <no value> <no value>"),
        (MissingKey.Default, "{{printf \"%v\" .M.x}}", "<nil>"),
        (MissingKey.Default, "{{.M.x.y}}", "<no value>"),
        (MissingKey.Zero, "{{.M.x}}", "<no value>"),
        (MissingKey.Zero, "{{.MS.x}}|{{.MI.x}}", "|0"),
        (MissingKey.Zero, "{{.M.x.y}}", "error: nil pointer evaluating interface {}.y"),
        (MissingKey.Zero, "{{if .M.x}}1{{else}}0{{end}}", "0"),
        (MissingKey.Error, "{{.M.x}}", "error: map has no entry for key \"x\""),
        (MissingKey.Error, "{{.MS.x}}", "error: map has no entry for key \"x\""),
        (MissingKey.Error, "{{if .M.x}}{{end}}", "error: map has no entry for key \"x\""),
        (MissingKey.Error, "{{index .M \"x\"}}", "<no value>"),
        (MissingKey.Error, "{{define \"x\"}}{{.y}}{{end}}{{template \"x\"}}", "error: nil data; no entry for key \"y\""),
        (MissingKey.Error, "{{.Deep.n}}", "<no value>"),
        (MissingKey.Error, "{{.M.one}}", "1"),
    ];

    public static TheoryData<MissingKey, string, string> Rows()
    {
        var data = new TheoryData<MissingKey, string, string>();
        foreach (var (option, template, expected) in Cases)
            data.Add(option, template, expected);
        return data;
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Give_what_the_option_says(MissingKey option, string template, string expected) =>
        CaseTable.Check(template, expected, new TemplateOptions { MissingKey = option });
}
