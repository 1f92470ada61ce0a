namespace Kops.Templates.Tests.GoSemantics;

public sealed class Text_and_trimming
{
    internal static readonly (string, string)[] Cases =
    [
        ("", ""),
        ("some text\n", "some text\n"),
        ("a{{/* comment */}}b", "ab"),
        ("a {{- /* comment */ -}} b", "ab"),
        ("a{{/* one\ntwo */}}b", "ab"),
        ("{{/* {{ }} */}}x", "x"),
        ("hello {{- 3}}", "hello3"),
        ("{{3 -}} world", "3world"),
        ("x \r\n\t{{- 3}}", "x3"),
        ("{{3 -}}\n\n x", "3x"),
        ("{{23 -}} < {{- 45}}", "23<45"),
        ("{{- 3}}", "3"),
        ("{{-3}}", "-3"),
        ("{{- -3 -}}", "-3"),
        ("{{3 -}}{{- 4}}", "34"),
        ("a {{- \"\" -}} b", "ab"),
        ("{{\"quoted\"}}", "quoted"),
        ("{{`raw\nstring`}}", "raw\nstring"),
        ("{{\"a\\tb\\n\\\"c\\\"\"}}", "a\tb\n\"c\""),
        ("{{\"\\u00e9\\x41\\101\"}}", "\u00E9AA"),
        ("{{\"\\xe4\\xb8\\x96\"}}", "\u4E16"),
        ("{{'a'}}", "97"),
        ("{{'\\n'}}", "10"),
        ("{{'\u00E9'}}", "233"),
        ("{{true}} {{false}}", "true false"),
        ("{{0x1F}} {{0b101}} {{0o17}} {{017}} {{1_000}}", "31 5 15 15 1000"),
        ("{{1.5}} {{1e3}} {{.5}} {{1.0}} {{0x1p4}}", "1.5 1000 0.5 1 16"),
        ("{{1e6}} {{1e20}} {{123456789.0}} {{1e-5}} {{0.0001}}", "1e+06 1e+20 1.23456789e+08 1e-05 0.0001"),
        ("{{+1}} {{-1}}", "1 -1"),
        ("{{\n3\n}}", "3"),
        ("{{printf\n\"%d\"\n3}}", "3"),
        ("{ {{- 1}}", "{1"),
        ("}}", "}}"),
        ("{{\"}}\"}}", "}}"),
        ("{{`}}`}}", "}}"),
        ("{{.S}}}", "xyz}"),
        ("{{nil | print}}", "error: nil is not a command"),
        ("{{nil}}", "error: nil is not a command"),
        ("{{9223372036854775807}}", "9223372036854775807"),
        ("{{9223372036854775808}}", "error: 9223372036854775808 overflows int"),
        ("{{18446744073709551616}}", "error: integer overflow: \"18446744073709551616\""),
        ("{{08}}", "error: integer overflow: \"08\""),
    ];

    public static TheoryData<string, string> Rows() => CaseTable.Theory(Cases);

    [Theory]
    [MemberData(nameof(Rows))]
    public void Are_as_in_Go(string template, string expected) => CaseTable.Check(template, expected);
}
