namespace Kops.Templates.Tests.Properties;

/// <summary>Random templates: right ones made by the grammar, and texts of pieces that may or may not fit together.</summary>
internal static class TemplateGen
{
    private static readonly string[] Values =
    [
        ".",
        "$",
        ".S",
        ".I",
        ".L",
        ".M",
        ".U.V",
        ".PU.V",
        ".PNil",
        ".M.one",
        ".M.NO",
        ".Deep.a",
        "1",
        "-2",
        "1.5",
        "'x'",
        "\"a\"",
        "\"{{\"",
        "`}}`",
        "true",
        "nil",
        "$x",
        "(index .L 0)",
        "(.U).V",
        ".Method0",
    ];

    private static readonly string[] Functions =
    [
        "print",
        "printf \"%v|%5d\"",
        "len",
        "index",
        "slice",
        "eq",
        "lt",
        "and",
        "or",
        "not",
        "html",
        "js",
        "list",
        "dict",
        "default",
        "quote",
        "indent 2",
        "repeat 3",
        "until",
        "toJson",
        "fromJson",
        "merge (dict)",
        "regexReplaceAll \"a\"",
        "splitList \"a\"",
        "join \",\"",
        "add",
        "mul",
        "trunc 2",
        "date \"2006\"",
        "semverCompare \">1\"",
        "set (dict) \"a\"",
        "uniq",
        "chunk 2",
        "untilStep 0 9",
        "wrap 3",
        "snakecase",
        "round 1.5",
    ];

    private static readonly string[] Pieces =
    [
        "{{",
        "}}",
        "{{-",
        "-}}",
        " -}}",
        "{{- ",
        "{",
        "}",
        "/*",
        "*/",
        "if ",
        "else",
        "else if ",
        "end",
        "range ",
        "with ",
        "define \"x\"",
        "template \"x\"",
        "block \"x\" ",
        "break",
        "continue",
        "$x",
        "$x := ",
        "$x = ",
        "$x, $y := ",
        " | ",
        "(",
        ")",
        ".",
        ".a",
        ".S",
        "..",
        "\"",
        "`",
        "'",
        "\\",
        "1",
        "0x",
        "1e",
        "-",
        "+",
        "i",
        "nil",
        "true",
        "print ",
        "printf ",
        "%[1]*d",
        "len ",
        "index ",
        "\n",
        " ",
        "\t",
        "\u00E9",
        "\U0001F600",
        "\0",
        "\uD800",
        "[",
        ",",
        ":=",
        "=",
        "#",
    ];

    private static Gen<string> Pipe { get; } =
        Gen.OneOf(
            Of(Values).Where(value => value != "nil"),
            Gen.Select(Of(Functions), Of(Values).List[0, 3]).Select((function, values) => string.Join(' ', values.Prepend(function))),
            Gen.Select(Of(Values).Where(value => value != "nil"), Of(Functions).List[1, 3])
                .Select((value, functions) => string.Join(" | ", functions.Prepend(value)))
        );

    private static Gen<string> Text { get; } = Of(["a", " b\n", "{", "}", "\n\n", " { ", "x{", "}}", "-", "\u00E9"]);

    /// <summary>A template that parses, with functions of sprig.</summary>
    public static Gen<string> Right { get; } = Gen.Recursive<string>(Node).List[0, 6].Select(nodes => "{{$x := 1}}" + string.Concat(nodes));

    /// <summary>Any text of pieces of templates.</summary>
    public static Gen<string> Pieced { get; } = Of(Pieces).List[0, 25].Select(pieces => string.Concat(pieces));

    /// <summary>A right template with one piece put in, taken out or put in the place of others.</summary>
    public static Gen<string> Mutated { get; } =
        Gen.Select(Right, Gen.Int[0, 400], Gen.Int[0, 6], Of(Pieces))
            .Select(
                (text, at, length, piece) =>
                {
                    var start = Math.Min(at, text.Length);
                    return text[..start] + piece + text[Math.Min(start + length, text.Length)..];
                }
            );

    private static Gen<string> Node(int depth, Gen<string> inner)
    {
        var leaf = Gen.OneOf(
            Text,
            Pipe.Select(pipe => $"{{{{{pipe}}}}}"),
            Pipe.Select(pipe => $"{{{{- {pipe} -}}}}"),
            Pipe.Select(pipe => $"{{{{$x = {pipe}}}}}"),
            Gen.Const("{{/* a comment */}}"),
            Gen.Const(" {{- /* another */ -}} ")
        );
        if (depth > 3)
            return leaf;
        var list = inner.List[0, 3].Select(nodes => string.Concat(nodes));
        return Gen.Frequency(
            (5, leaf),
            (1, Gen.Select(Pipe, list).Select((pipe, body) => $"{{{{if {pipe}}}}}{body}{{{{end}}}}")),
            (1, Gen.Select(Pipe, list, list).Select((pipe, body, other) => $"{{{{if {pipe}}}}}{body}{{{{else}}}}{other}{{{{end}}}}")),
            (
                1,
                Gen.Select(Pipe, list, Pipe, list)
                    .Select((a, body, b, other) => $"{{{{if {a}}}}}{body}{{{{else if {b}}}}}{other}{{{{end}}}}")
            ),
            (
                1,
                Gen.Select(Pipe, list, list).Select((pipe, body, other) => $"{{{{with $y := {pipe}}}}}{body}{{{{else}}}}{other}{{{{end}}}}")
            ),
            (1, Gen.Select(Pipe, list).Select((pipe, body) => $"{{{{range $i, $v := {pipe}}}}}{body}{{{{end}}}}")),
            (1, Gen.Select(Pipe, list).Select((pipe, body) => $"{{{{range {pipe}}}}}{body}{{{{break}}}}{{{{else}}}}{{{{end}}}}")),
            (1, Gen.Select(Pipe, Text).Select((pipe, body) => $"{{{{block \"b{pipe.Length}\" .}}}}{body}{{{{end}}}}"))
        );
    }

    private static Gen<string> Of(string[] texts) => Gen.Int[0, texts.Length - 1].Select(index => texts[index]);
}
