namespace Kops.Templates.Tests.Sprig;

public sealed class Formats
{
    internal static readonly (string, string)[] Cases =
    [
        ("{{b64enc \"hello\"}} {{b64dec \"aGVsbG8=\"}} {{b64dec \"a!\"}}", "aGVsbG8= hello illegal base64 data at input byte 1"),
        (
            "{{b32enc \"hello\"}} {{b32dec \"NBSWY3DP\"}} {{b32enc \"f\"}} {{b32dec \"MY======\"}} {{b32dec \"1\"}}",
            "NBSWY3DP hello MY====== f illegal base32 data at input byte 0"
        ),
        ("{{sha1sum \"hello\"}}", "aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d"),
        ("{{sha256sum \"hello\"}}", "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"),
        ("{{sha512sum \"\" | trunc 16}} {{adler32sum \"Wikipedia\"}}", "cf83e1357eefb8bd 300286872"),
        ("{{toJson (dict \"b\" (list 1 2.5 nil true) \"a\" \"<x>\")}}", "{\"a\":\"\\u003cx\\u003e\",\"b\":[1,2.5,null,true]}"),
        (
            "{{toRawJson \"<&>\"}} {{toJson \"a\\n\\t\\\"\\\\\"}} {{toJson 1e21}} {{toJson 1e-7}} {{toJson 100000.0}}",
            "\"<&>\" \"a\\n\\t\\\"\\\\\" 1e+21 1e-7 100000"
        ),
        ("{{toPrettyJson (dict \"a\" (list 1) \"b\" (dict) \"c\" (list))}}", "{\n  \"a\": [\n    1\n  ],\n  \"b\": {},\n  \"c\": []\n}"),
        ("{{$j := fromJson \"{\\\"a\\\": [1, 2.5, \\\"x\\\", null]}\"}}{{index $j.a 0}} {{$j}}", "1 map[a:[1 2.5 x <nil>]]"),
        ("{{printf \"%T\" (index (fromJson \"[1]\") 0)}} {{fromJson \"{\"}}", "float64 <no value>"),
        ("{{mustFromJson \"{\"}}", "error: error calling mustFromJson: invalid JSON: line 1, byte 1"),
        ("{{toJson .U}} {{toJson .PNil}} {{toJson .Stringer}}", "{\"V\":\"v\",\"W\":1,\"P\":null} null \"500m\""),
        ("{{toJson .Double}}|{{mustToJson .Double}}", "error: error calling mustToJson: json: unsupported type: func"),
        (
            "{{base \"a/b.txt\"}} {{dir \"a/b/c\"}} {{clean \"a/../b//c/.\"}} {{ext \"a/b.txt\"}} {{isAbs \"/a\"}} {{isAbs \"a\"}}",
            "b.txt a/b b/c .txt true false"
        ),
        (
            "{{base \"\"}} {{base \"/\"}} {{base \"a/\"}} {{dir \"a\"}} {{dir \"/a\"}} {{clean \"\"}} {{clean \"/../a\"}} "
                + "{{clean \"../a\"}} {{osBase \"x/y\"}}",
            ". / a . / . /a ../a y"
        ),
        (
            "{{$u := urlParse \"http://admin:secret@server.com:8080/api?list=false#anchor\"}}{{$u.scheme}} {{$u.host}} "
                + "{{$u.hostname}} {{$u.path}} {{$u.query}} {{$u.fragment}} {{$u.userinfo}}",
            "http server.com:8080 server.com /api list=false anchor admin:secret"
        ),
        (
            "{{urlJoin (dict \"fragment\" \"fragment\" \"host\" \"host:80\" \"path\" \"/path\" \"query\" \"query\" \"scheme\" \"http\")}}",
            "http://host:80/path?query#fragment"
        ),
        ("{{(urlParse \"mailto:a@b\").opaque}} {{(urlParse \"/a/b\").path}}", "a@b /a/b"),
        ("{{duration \"95\"}} {{duration 3661}} {{duration 0}}", "1m35s 1h1m1s 0s"),
        (
            "{{durationRound \"2h10m5s\"}} {{durationRound \"2400h10m5s\"}} {{durationRound \"45s\"}} "
                + "{{durationRound \"x\"}} {{durationRound \"49h\"}}",
            "2h 3mo 45s 0s 2d"
        ),
        ("{{date \"2006-01-02 15:04:05\" 1500000000}} {{htmlDate 0}}", "2017-07-14 02:40:00 1970-01-01"),
        ("{{dateInZone \"Mon, 02 Jan 2006 15:04:05 MST\" 1500000000 \"UTC\"}}", "Fri, 14 Jul 2017 02:40:00 UTC"),
        ("{{dateInZone \"2006-01-02T15:04:05Z07:00\" 1500000000 \"Europe/Berlin\"}}", "2017-07-14T04:40:00+02:00"),
        (
            "{{dateInZone \"Monday January _2 3:04PM pm 06 .000 -0700 002\" 1500000000 \"UTC\"}}",
            "Friday July 14 2:40AM am 17 .000 +0000 195"
        ),
        (
            "{{$t := toDate \"2006-01-02\" \"2017-12-31\"}}{{date \"02/01/2006\" $t}} {{$t.Year}} {{$t.Weekday}} {{unixEpoch $t}}",
            "31/12/2017 2017 Sunday 1514678400"
        ),
        ("{{toDate \"2006-01-02T15:04:05Z07:00\" \"2017-12-31T10:00:00.5+02:00\"}}", "2017-12-31 10:00:00.5 +0200 +0200"),
        ("{{(toDate \"Jan 2, 2006 at 3:04pm (MST)\" \"Feb 3, 2013 at 7:54pm (UTC)\").Format \"2006-01-02 15:04\"}}", "2013-02-03 19:54"),
        (
            "{{mustToDate \"2006-01-02\" \"2017-13-31\"}}",
            "error: error calling mustToDate: parsing time \"2017-13-31\" as \"2006-01-02\": cannot parse"
        ),
        ("{{toDate \"2006-01-02\" \"x\"}}", "0001-01-01 00:00:00 +0000 UTC"),
        ("{{toDate \"2006-01-02\" \"2017-12-31\" | dateModify \"-1h30m\" | date \"2006-01-02 15:04\"}}", "2017-12-30 22:30"),
        ("{{mustDateModify \"x\" (toDate \"2006\" \"2017\")}}", "error: error calling mustDateModify: time: invalid duration \"x\""),
        (
            "{{date \"2006\" \"x\"}}",
            "error: error calling date: a value of type string is not a time, and there is no clock that would tell the present one"
        ),
        ("{{now}}", "error: function \"now\" not defined"),
        ("{{env \"HOME\"}}", "error: function \"env\" not defined"),
    ];

    public static TheoryData<string, string> Rows() => CaseTable.Theory(Cases);

    [Theory]
    [MemberData(nameof(Rows))]
    public void Are_as_in_sprig(string template, string expected) => SprigTable.Check(template, expected);
}
