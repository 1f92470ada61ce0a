namespace Kops.Templates.Tests.Sprig;

public sealed class Texts
{
    internal static readonly (string, string)[] Cases =
    [
        ("{{trim \"  a b \\n\"}}", "a b"),
        ("{{trimAll \"$\" \"$5.00$\"}} {{trimall \"$\" \"$5.00\"}}", "5.00 5.00"),
        ("{{trimPrefix \"-\" \"-hello\"}} {{trimSuffix \"-\" \"hello-\"}} {{trimPrefix \"x\" \"hello\"}}", "hello hello hello"),
        ("{{upper \"hello\"}} {{lower \"HELLO\"}}", "HELLO hello"),
        ("{{title \"hello world\"}} {{title \"it's a-b_c\"}}", "Hello World It'S A-B_c"),
        ("{{untitle \"Hello World\"}}", "hello world"),
        ("{{repeat 3 \"ab\"}} {{\"x\" | repeat 0}}", "ababab "),
        ("{{repeat -1 \"x\"}}", "error: error calling repeat: strings: negative Repeat count"),
        (
            "{{substr 0 5 \"hello world\"}} {{substr 6 -1 \"hello world\"}} {{substr -1 3 \"hello\"}} {{substr 1 99 \"abc\"}}",
            "hello world hel bc"
        ),
        ("{{substr 5 3 \"hello\"}}", "error: error calling substr: slice bounds out of range [5:3]"),
        ("{{substr -1 9 \"abc\"}}", "error: error calling substr: slice bounds out of range [:9] with length 3"),
        ("{{nospace \"h e l\\tl o\"}}", "hello"),
        ("{{trunc 5 \"hello world\"}} {{trunc -5 \"hello world\"}} {{trunc 50 \"abc\"}} {{trunc -50 \"abc\"}}", "hello world abc abc"),
        ("{{abbrev 5 \"hello world\"}} {{abbrev 3 \"hello\"}} {{abbrev 20 \"hello\"}}", "he... hello hello"),
        ("{{abbrevboth 5 10 \"1234 5678 9123\"}}", "...5678..."),
        ("{{initials \"First Try\"}}", "FT"),
        ("{{wrap 10 \"one two three four\"}}", "one two\nthree four"),
        ("{{wrapWith 5 \"\\t\" \"HelloWorld\"}}", "Hello\tWorld"),
        ("{{wrap 3 \"longword a\"}}", "longword\na"),
        ("{{contains \"cat\" \"catch\"}} {{contains \"x\" \"catch\"}}", "true false"),
        ("{{hasPrefix \"cat\" \"catch\"}} {{hasSuffix \"tch\" \"catch\"}}", "true true"),
        ("{{quote \"a\\\"b\"}} {{quote \"a\" 1 nil \"c\"}} {{squote \"a\" 1}}", "\"a\\\"b\" \"a\" \"1\" \"c\" 'a' '1'"),
        ("{{cat \"hello\" 1 nil true}}", "hello 1 true"),
        ("{{indent 4 \"a\\n\\nb\"}}", "    a\n    \n    b"),
        ("{{nindent 2 \"a\\nb\"}}", "\n  a\n  b"),
        ("{{\"I Am Henry VIII\" | replace \" \" \"-\"}} {{replace \"\" \"-\" \"ab\"}}", "I-Am-Henry-VIII -a-b-"),
        ("{{plural \"one\" \"many\" 1}} {{plural \"one\" \"many\" 2}} {{len \"a\" | plural \"one\" \"many\"}}", "one many one"),
        (
            "{{snakecase \"FirstName\"}} {{snakecase \"HTTPServer\"}} {{snakecase \"NoHTTPS\"}} {{snakecase \"GO PATH\"}} "
                + "{{snakecase \"GO-PATH\"}}",
            "first_name http_server no_https go_path go_path"
        ),
        ("{{camelcase \"http_server\"}} {{camelcase \"_camel_case\"}} {{camelcase \"no_https\"}}", "HttpServer _CamelCase NoHttps"),
        ("{{kebabcase \"FirstName\"}} {{kebabcase \"HTTPServer\"}}", "first-name http-server"),
        ("{{swapcase \"aBcD e\"}}", "AbCd E"),
        ("{{join \"_\" .Words}} {{join \"-\" .L}} {{join \",\" \"a\"}} {{join \",\" .Mixed}}", "a_b 3-4-5 a 1,a,2,3"),
        ("{{splitList \"$\" \"foo$bar$baz\"}} {{splitList \"\" \"abc\"}} {{splitList \",\" \"\" | len}}", "[foo bar baz] [a b c] 1"),
        ("{{$a := split \"$\" \"foo$bar$baz\"}}{{$a._0}} {{$a._2}} {{len $a}}", "foo baz 3"),
        ("{{$a := splitn \"$\" 2 \"foo$bar$baz\"}}{{$a._0}} {{$a._1}}", "foo bar$baz"),
        ("{{toString 1}} {{toString .Stringer}} {{toString .F}} {{toStrings .L | printf \"%q\"}}", "1 500m 1.5 [\"3\" \"4\" \"5\"]"),
        ("{{sortAlpha (list \"c\" \"a\" \"b\")}} {{sortAlpha (list 10 9 1)}} {{sortAlpha \"x\"}}", "[a b c] [1 10 9] [x]"),
        ("{{trim 1}}", "error: expected string; found 1"),
        ("{{trim .I}}", "error: wrong type for value; expected string; got int"),
        ("{{indent (add 1 1) \"x\"}}", "error: wrong type for value; expected int; got int64"),
        ("{{indent (int 2) \"x\"}}", "  x"),
        ("{{trunc 2 .Accents}}", "h\uFFFD"),
        ("{{splitn \"\" 2 \"abcd\"}} {{splitn \",\" 0 \"a,b\"}} {{splitn \"\" 9 \"ab\"}}", "map[_0:a _1:bcd] map[] map[_0:a _1:b]"),
        ("{{trimAll \"\" \" a \"}} {{trimAll \"abc\" \"abc\"}}|", " a  |"),
        ("{{hello}}", "Hello!"),
    ];

    public static TheoryData<string, string> Rows() => CaseTable.Theory(Cases);

    [Theory]
    [MemberData(nameof(Rows))]
    public void Are_as_in_sprig(string template, string expected) => SprigTable.Check(template, expected);
}
