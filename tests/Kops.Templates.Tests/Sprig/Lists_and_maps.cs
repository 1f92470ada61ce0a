namespace Kops.Templates.Tests.Sprig;

public sealed class Lists_and_maps
{
    internal static readonly (string, string)[] Cases =
    [
        ("{{list 1 2 \"a\"}} {{tuple 1}} {{list}}", "[1 2 a] [1] []"),
        ("{{first .L}} {{last .L}} {{rest .L}} {{initial .L}}", "3 5 [4 5] [3 4]"),
        ("{{first (list)}} {{last (list)}} {{rest (list)}}", "<no value> <no value> []"),
        ("{{append .L 6}} {{push (list) 1}} {{prepend .L 2}}", "[3 4 5 6] [1] [2 3 4 5]"),
        ("{{concat .L (list 6 7) (list)}}", "[3 4 5 6 7]"),
        ("{{reverse .L}} {{uniq (list 1 2 2 1)}} {{without .L 4}} {{without (list 1 2 3) 1 3}}", "[5 4 3] [1 2] [3 5] [2]"),
        ("{{has 4 .L}} {{has 9 .L}} {{has \"a\" nil}}", "true false false"),
        ("{{has (int64 4) .L}}", "false"),
        ("{{compact (list 1 0 \"\" \"a\" nil false)}}", "[1 a]"),
        ("{{slice .L 1 3}} {{slice .L}} {{slice .L 1}} {{mustSlice .L 0 (int64 1)}}", "[4 5] [3 4 5] [4 5] [3]"),
        ("{{slice .L 0 9}}", "error: error calling slice: slice index out of bounds: [0:9] of 3"),
        ("{{chunk 2 (list 1 2 3)}}", "[[1 2] [3]]"),
        ("{{first 1}}", "error: error calling first: Cannot find first on type int"),
        ("{{append \"x\" 1}}", "error: error calling append: Cannot push on type string"),
        ("{{until 5}} {{until -3}} {{untilStep 3 6 2}} {{untilStep 5 0 -2}} {{untilStep 0 5 0}}", "[0 1 2 3 4] [0 -1 -2] [3 5] [5 3 1] []"),
        (
            "{{seq 5}} | {{seq -3}} | {{seq 0 2}} | {{seq 2 -2}} | {{seq 0 2 10}} | {{seq 0 -2 -5}} | {{seq}}",
            "1 2 3 4 5 | 1 0 -1 -2 -3 | 0 1 2 | 2 1 0 -1 -2 | 0 2 4 6 8 10 | 0 -2 -4 | "
        ),
        ("{{range $i, $e := until 3}}{{$i}}{{$e}} {{end}}", "00 11 22 "),
        ("{{dict \"a\" 1 \"b\" 2}} {{dict}} {{dict \"a\"}} {{dict 1 2}}", "map[a:1 b:2] map[] map[a:] map[1:2]"),
        ("{{$d := dict \"a\" 1}}{{get $d \"a\"}} [{{get $d \"x\"}}] {{hasKey $d \"a\"}} {{hasKey $d \"x\"}}", "1 [] true false"),
        ("{{$d := dict \"a\" 1}}{{$_ := set $d \"b\" 2}}{{$d}} {{unset $d \"a\"}}", "map[a:1 b:2] map[b:2]"),
        ("{{pluck \"a\" (dict \"a\" 1) (dict \"b\" 2) (dict \"a\" 3)}}", "[1 3]"),
        ("{{keys (dict \"b\" 1 \"a\" 2)}} {{values (dict \"b\" 1 \"a\" 2)}} {{keys (dict \"a\" 1) (dict \"c\" 1)}}", "[a b] [2 1] [a c]"),
        ("{{pick (dict \"a\" 1 \"b\" 2) \"a\" \"x\"}} {{omit (dict \"a\" 1 \"b\" 2) \"a\"}}", "map[a:1] map[b:2]"),
        ("{{dig \"a\" \"b\" \"none\" .Deep}} {{dig \"a\" \"x\" \"none\" .Deep}} {{dig \"q\" \"x\" 1 .Deep}}", "c none 1"),
        ("{{dig \"i\" \"x\" 1 .Deep}}", "error: error calling dig: dig: x is looked for in a value of type int, not a map"),
        ("{{dig \"a\" .Deep}}", "error: error calling dig: dig needs at least three arguments"),
        ("{{merge (dict \"a\" 1 \"d\" (dict \"x\" 1)) (dict \"a\" 2 \"b\" 3 \"d\" (dict \"y\" 2))}}", "map[a:1 b:3 d:map[x:1 y:2]]"),
        ("{{mergeOverwrite (dict \"a\" 1 \"d\" (dict \"x\" 1)) (dict \"a\" 2 \"d\" (dict \"x\" 3))}}", "map[a:2 d:map[x:3]]"),
        ("{{merge (dict \"a\" \"\") (dict \"a\" 2)}} {{mergeOverwrite (dict \"a\" 1) (dict \"a\" 0)}}", "map[a:2] map[a:1]"),
        (
            "{{$a := dict \"x\" (dict \"y\" 1)}}{{$b := deepCopy $a}}{{$_ := set $a.x \"y\" 2}}{{$a}} {{$b}}",
            "map[x:map[y:2]] map[x:map[y:1]]"
        ),
        ("{{get .MS \"k\"}}", "error: wrong type for value; expected map[string]interface {}; got map[string]string"),
        ("{{get nil \"k\"}}", ""),
        ("{{(dict \"a\" (list 1 2)).a}}", "[1 2]"),
        (
            "{{printf \"%T %T %T %T\" (list 1) (until 1) (splitList \",\" \"a\") (chunk 1 (list 1))}}",
            "[]interface {} []int []string [][]interface {}"
        ),
    ];

    public static TheoryData<string, string> Rows() => CaseTable.Theory(Cases);

    [Theory]
    [MemberData(nameof(Rows))]
    public void Are_as_in_sprig(string template, string expected) => SprigTable.Check(template, expected);
}
