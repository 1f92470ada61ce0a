namespace Kops.Templates.Tests.Sprig;

public sealed class Regular_expressions
{
    internal static readonly (string, string)[] Cases =
    [
        ("{{regexMatch \"^[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\\\\.[A-Za-z]{2,}$\" \"test@acme.com\"}}", "true"),
        ("{{regexMatch \"^a$\" \"a\\n\"}} {{regexMatch \"(?m)^a$\" \"a\\nb\"}}", "false true"),
        ("{{regexMatch `^\\d+$` \"\u0663\"}} {{regexMatch `^\\w$` \"\u00E9\"}} {{regexMatch `^\\pL$` \"\u00E9\"}}", "false false true"),
        ("{{regexMatch \"(\" \"x\"}}", "false"),
        ("{{mustRegexMatch \"(\" \"x\"}}", "error: error calling mustRegexMatch: error parsing regexp: missing closing ): `(`"),
        ("{{regexFind \"[a-zA-Z][1-9]\" \"abcd1234\"}} [{{regexFind \"x\" \"abc\"}}]", "d1 []"),
        (
            "{{regexFindAll \"[2,4,6,8]\" \"123456789\" -1}} {{regexFindAll \"[2468]\" \"123456789\" 2}} {{regexFindAll \"x\" \"abc\" -1}}",
            "[2 4 6 8] [2 4] []"
        ),
        ("{{regexFindAll \"a*\" \"baaau\" -1 | printf \"%q\"}}", "[\"\" \"aaa\" \"\"]"),
        ("{{regexReplaceAll \"a(x*)b\" \"-ab-axxb-\" \"${1}W\"}} {{regexReplaceAll \"a(x*)b\" \"-ab-axxb-\" \"$1W\"}}", "-W-xxW- ---"),
        ("{{regexReplaceAll \"(?P<first>\\\\w+) (?P<last>\\\\w+)\" \"John Smith\" \"${last}, ${first}$$\"}}", "Smith, John$"),
        ("{{regexReplaceAllLiteral \"a(x*)b\" \"-ab-axxb-\" \"${1}\"}}", "-${1}-${1}-"),
        ("{{regexReplaceAll \"a*\" \"baaac\" \"x\"}}", "xbxcx"),
        (
            "{{regexSplit \"z+\" \"pizza\" -1}} {{regexSplit \"z\" \"pizza\" 2}} "
                + "{{regexSplit \"a\" \"banana\" -1 | printf \"%q\"}} {{regexSplit \"x\" \"abc\" 0}}",
            "[pi a] [pi za] [\"b\" \"n\" \"n\" \"\"] []"
        ),
        ("{{regexQuoteMeta \"1.2.3\"}}", "1\\.2\\.3"),
        ("{{regexReplaceAll `[[:alpha:]]+` \"ab1cd\" \"x\"}} {{regexReplaceAll `[^[:digit:]]` \"a1\" \"\"}}", "x1x 1"),
        ("{{regexReplaceAll `\\Qa.b\\E` \"a.b axb\" \"x\"}}", "x axb"),
        ("{{regexReplaceAll `(?i)ABC` \"abc\" \"x\"}} {{regexReplaceAll `(?i:a)b` \"Ab aB\" \"x\"}}", "x x aB"),
        ("{{regexFind `(?U)a+` \"aaa\"}} {{regexFind `(?U)a+?` \"aaa\"}} {{regexFind `a+?` \"aaa\"}}", "a aaa a"),
        ("{{regexFind `a.b` \"a\\nb\"}}|{{regexFind `(?s)a.b` \"a\\nb\" | len}}", "|3"),
        ("{{regexFind `\\x41\\x{42}\\103` \"ABC\"}}", "ABC"),
        ("{{regexFind `[\\]a-c\\-x]+` \"]abc-x\"}} {{regexFind `[]a]+` \"]a\"}} {{regexFind `[^\\d\\s]+` \"1 ab\"}}", "]abc-x ]a ab"),
        ("{{regexFind `x{2,3}` \"xxxx\"}} {{regexFind `x{,3}` \"x{,3}\"}} {{regexFind `a{` \"a{\"}}", "xxx x{,3} a{"),
        ("{{regexFind `\\bfoo\\b` \"a foo b\"}}", "foo"),
        (
            "{{mustRegexFind `(?=a)` \"a\"}}",
            "error: error calling mustRegexFind: error parsing regexp: invalid or unsupported Perl syntax: `(?=`"
        ),
        (
            "{{mustRegexFind `(?<!a)b` \"a\"}}",
            "error: error calling mustRegexFind: error parsing regexp: invalid or unsupported Perl syntax: `(?<`"
        ),
        ("{{mustRegexFind `(a)\\1` \"aa\"}}", "error: error calling mustRegexFind: error parsing regexp: invalid escape sequence: `\\1`"),
        (
            "{{mustRegexFind `a**` \"a\"}}",
            "error: error calling mustRegexFind: error parsing regexp: invalid nested repetition operator: `*`"
        ),
        (
            "{{mustRegexFind `*a` \"a\"}}",
            "error: error calling mustRegexFind: error parsing regexp: missing argument to repetition operator: `*`"
        ),
        (
            "{{mustRegexFind `[z-a]` \"a\"}}",
            "error: error calling mustRegexFind: error parsing regexp: invalid character class range: `z-a`"
        ),
        ("{{mustRegexFind `[a` \"a\"}}", "error: error calling mustRegexFind: error parsing regexp: missing closing ]: `[a`"),
        ("{{mustRegexFind `a)` \"a\"}}", "error: error calling mustRegexFind: error parsing regexp: unexpected ): `a)`"),
        ("{{mustRegexFind `a{1001}` \"a\"}}", "error: error calling mustRegexFind: error parsing regexp: invalid repeat count: `{1001}`"),
        (
            "{{mustRegexFind `((a{100}){100}){100}` \"a\"}}",
            "error: error calling mustRegexFind: error parsing regexp: expression too large: `((a{100}){100}){100}`"
        ),
        (
            "{{mustRegexFind `\\` \"a\"}}",
            "error: error calling mustRegexFind: error parsing regexp: trailing backslash at end of expression: ``"
        ),
    ];

    public static TheoryData<string, string> Rows() => CaseTable.Theory(Cases);

    [Theory]
    [MemberData(nameof(Rows))]
    public void Are_those_of_RE2(string template, string expected) => SprigTable.Check(template, expected);
}
