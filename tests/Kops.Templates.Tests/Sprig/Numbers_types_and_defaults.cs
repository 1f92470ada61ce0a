namespace Kops.Templates.Tests.Sprig;

public sealed class Numbers_types_and_defaults
{
    internal static readonly (string, string)[] Cases =
    [
        (
            "{{add 1 2 3}} {{add}} {{add \"1\" 2.9 true}} {{add1 5}} {{sub 5 2}} {{mul 2 3 4}} {{div 7 2}} {{div -7 2}} "
                + "{{mod 7 3}} {{mod -7 3}}",
            "6 0 4 6 3 24 3 -3 1 -1"
        ),
        ("{{div 1 0}}", "error: error calling div: runtime error: integer divide by zero"),
        ("{{mod 1 0}}", "error: error calling mod: runtime error: integer divide by zero"),
        ("{{div -9223372036854775808 -1}} {{add 9223372036854775807 1}}", "-9223372036854775808 -9223372036854775808"),
        ("{{max 1 5 3}} {{min 4 2 3}} {{biggest 1 2}} {{maxf 1.5 2.5}} {{minf 1.5 2}}", "5 2 2 2.5 1.5"),
        ("{{floor 123.9}} {{ceil 123.1}} {{round 123.555555 3}} {{round 123.4 0}} {{round 1.5 0 0.6}}", "123 124 123.556 123 1"),
        ("{{addf 0.1 0.2}} {{addf 1.5 2 \"0.5\"}} {{subf 7.5 2 3}} {{mulf 1.5 2 2}} {{divf 10 2 4}} {{add1f 1.5}}", "0.3 4 2.5 6 1.25 2.5"),
        ("{{divf 10 3}}", "3.3333333333333335"),
        ("{{divf 1 0}}", "error: error calling divf: decimal division by 0"),
        (
            "{{int \"12\"}} {{int 3.9}} {{int64 \"0x10\"}} {{int \"x\"}} {{int nil}} {{int \"1.0\"}} {{atoi \"42\"}} "
                + "{{atoi \"x\"}} {{float64 \"3.5\"}}",
            "12 3 16 0 0 1 42 0 3.5"
        ),
        ("{{toDecimal \"777\"}} {{toDecimal 0}} {{toDecimal \"8\"}}", "511 0 0"),
        (
            "{{typeOf 1}} {{typeOf \"a\"}} {{typeOf (list)}} {{typeOf (dict)}} {{typeOf (add 1)}} {{typeOf nil}} "
                + "{{typeOf .U}} {{typeOf .PU}}",
            "int string []interface {} map[string]interface {} int64 <nil> main.U *main.U"
        ),
        (
            "{{kindOf 1}} {{kindOf \"a\"}} {{kindOf (list)}} {{kindOf (dict)}} {{kindOf .U}} {{kindOf .PU}} {{kindOf nil}}",
            "int string slice map struct ptr invalid"
        ),
        (
            "{{kindIs \"int\" 1}} {{typeIs \"string\" \"a\"}} {{typeIsLike \"main.U\" .PU}} {{typeIs \"main.U\" .PU}}",
            "true true true false"
        ),
        ("{{deepEqual (list 1 2) (list 1 2)}} {{deepEqual 1 (int64 1)}} {{deepEqual (dict \"a\" 1) (dict \"a\" 1)}}", "true false true"),
        (
            "{{default \"x\" \"\"}} {{default \"x\" \"y\"}} {{.M.NO | default 3}} {{default 1}} {{0 | default 5}} {{false | default true}}",
            "x y 3 1 5 true"
        ),
        ("{{default 1 .PFalse}}", "false"),
        ("{{empty 0}} {{empty \"\"}} {{empty nil}} {{empty .U}} {{empty .L}} {{empty (list)}}", "true true true false false true"),
        ("{{coalesce 0 \"\" nil 3 4}} {{coalesce 0}}", "3 <no value>"),
        ("{{all 1 \"a\"}} {{all 1 0}} {{all}} {{any 0 1}} {{any 0 \"\"}} {{any}}", "true false true true false false"),
        ("{{ternary \"t\" \"f\" true}} {{false | ternary \"t\" \"f\"}}", "t f"),
        ("{{ternary 1 2 3}}", "error: expected bool; found 3"),
        ("{{fail \"please set it\"}}", "error: error calling fail: please set it"),
    ];

    public static TheoryData<string, string> Rows() => CaseTable.Theory(Cases);

    [Theory]
    [MemberData(nameof(Rows))]
    public void Are_as_in_sprig(string template, string expected) => SprigTable.Check(template, expected);
}
