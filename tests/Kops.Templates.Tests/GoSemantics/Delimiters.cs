namespace Kops.Templates.Tests.GoSemantics;

public sealed class Delimiters
{
    internal static readonly (string Left, string Right, string Template, string Expected)[] Cases =
    [
        ("", "", "{{.I}}", "17"),
        ("[[", "]]", "[[.I]] {{.I}}", "17 {{.I}}"),
        ("[[", "]]", "a [[- .I -]] b", "a17b"),
        ("[[", "]]", "[[/* c */]]x", "x"),
        ("<<", ">>", "<<if .True>>a<<else>>b<<end>>", "a"),
        ("(", ")", "(.I)", "17"),
        ("<%", "%>", "<%printf \"%d%%\" .I%>", "17%"),
        ("|", "|", "|.I|", "17"),
        ("{{", "}}", "{{index .L 1}}", "4"),
        ("\u00AB", "\u00BB", "\u00AB.I\u00BB", "17"),
    ];

    public static TheoryData<string, string, string, string> Rows()
    {
        var data = new TheoryData<string, string, string, string>();
        foreach (var (left, right, template, expected) in Cases)
            data.Add(left, right, template, expected);
        return data;
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Can_be_chosen(string left, string right, string template, string expected) =>
        CaseTable.Check(template, expected, new TemplateOptions { LeftDelimiter = left, RightDelimiter = right });
}
