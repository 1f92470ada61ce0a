namespace Kops.Templates.Tests.Properties;

public sealed class Whatever_the_arguments
{
    private static readonly string[] Arguments =
    [
        "nil",
        "0",
        "1",
        "-1",
        "7",
        "1.5",
        "9223372036854775807",
        "-9223372036854775808",
        "1e300",
        "\"\"",
        "\"a\"",
        "\"a,b c\"",
        "\"%d %s %[2]*.*f %!\"",
        "\"2h5m\"",
        "\"2006-01-02T15:04:05Z07:00\"",
        "\"(a|b)*c?[x-z]\"",
        "\"1.2.3-rc.1\"",
        "\">=1.2 <3 || ~5\"",
        "\"{\\\"a\\\": [1]}\"",
        "\"http://u@h:1/p?q#f\"",
        "\"\\U0001F600\u00E9\"",
        "true",
        "false",
        ".L",
        ".Words",
        ".Mixed",
        ".M",
        ".MS",
        ".Deep",
        ".U",
        ".PU",
        ".PUNil",
        ".PS",
        ".PNil",
        ".Stringer",
        ".Double",
        ".Seq",
        ".BigU",
        ".F32",
        "(list)",
        "(dict)",
        "(dict \"a\" (list 1 nil))",
        "(int64 5)",
        "(toDate \"2006\" \"2017\")",
        "(semver \"1.2.3\")",
        "(.M.NO)",
    ];

    private static readonly TemplateOptions Options = new()
    {
        Functions = new FunctionTable().AddSprig().AddClock(TimeProvider.System).AddEnvironment(name => name),
        Limits = new TemplateLimits { OutputLength = 50_000, Steps = 50_000 },
    };

    [Fact]
    public void Every_function_answers_or_refuses()
    {
        var names = Options.Functions.Names.ToArray();
        var call = Gen.Select(
            Gen.Int[0, names.Length - 1].Select(index => names[index]),
            Gen.Int[0, Arguments.Length - 1].Select(index => Arguments[index]).List[0, 4]
        );

        call.Sample(
            (name, arguments) =>
            {
                var text = $"{{{{{name} {string.Join(' ', arguments)}}}}}";
                try
                {
                    Template.Parse("t", text, Options).Execute(Sample.Dot());
                }
                catch (TemplateException error)
                {
                    Assert.True(error.InnerException is null or FunctionException, $"{text}\n{error.InnerException}");
                }
            },
            iter: 20_000
        );
    }

    [Fact]
    public void Every_pattern_is_an_expression_or_refused() =>
        Gen.Int[0, PatternPieces.Length - 1]
            .Select(index => PatternPieces[index])
            .List[0, 12]
            .Select(pieces => string.Concat(pieces))
            .Sample(
                pattern =>
                {
                    var data = new TemplateMap { ["p"] = pattern };
                    var written = CaseTable.Run("{{mustRegexReplaceAll .p \"aab [x-z] 12\\nE\u00E9\" \"<$1>\"}}", data, Options);
                    Assert.DoesNotContain("is not supported:", written, StringComparison.Ordinal);
                },
                iter: 5_000
            );

    [Fact]
    public void Every_format_is_printed() =>
        Gen.Int[0, FormatPieces.Length - 1]
            .Select(index => FormatPieces[index])
            .List[0, 8]
            .Select(pieces => string.Concat(pieces))
            .Sample(
                format =>
                {
                    var template = Template.Parse("t", "{{printf .f 1 \"a\" 2.5 true .n}}", Options);
                    try
                    {
                        template.Execute(new TemplateMap { ["f"] = format });
                    }
                    catch (TemplateException error)
                    {
                        Assert.IsType<FunctionException>(error.InnerException);
                    }
                },
                iter: 5_000
            );

    private static readonly string[] PatternPieces =
    [
        "a",
        "b",
        "[",
        "]",
        "[^",
        "x-z",
        "(",
        ")",
        "(?:",
        "(?i)",
        "(?P<n>",
        "(?U)",
        "(?s-m:",
        "|",
        "*",
        "+",
        "?",
        "{2}",
        "{1,3}",
        "{,",
        "^",
        "$",
        ".",
        "\\d",
        "\\W",
        "\\b",
        "\\pL",
        "\\PN",
        "[[:alpha:]",
        "[:^digit:]",
        "\\Q.",
        "\\E",
        "\\x41",
        "\\x{e9}",
        "\\n",
        "\\",
        "\u00E9",
        "\U0001F600",
        "-",
    ];

    private static readonly string[] FormatPieces =
    [
        "%",
        "%%",
        "v",
        "d",
        "s",
        "q",
        "x",
        "X",
        "f",
        "g",
        "e",
        "c",
        "U",
        "b",
        "o",
        "t",
        "T",
        "p",
        "+",
        "-",
        "#",
        " ",
        "0",
        "12",
        ".3",
        ".",
        "*",
        "[2]",
        "[9]",
        "[",
        "]",
        "99999999",
        "\u00E9",
        "\U0001F600",
        "z",
    ];
}
