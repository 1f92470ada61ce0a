using System.Diagnostics.CodeAnalysis;

namespace Kops.Templates.Tests;

/// <summary>A struct with a field of each kind, and methods: the dot of the tables.</summary>
internal sealed class Sample(string typeName, params (string Name, Value Value)[] fields) : ITemplateObject
{
    public string TypeName => typeName;

    public IEnumerable<string> FieldNames => fields.Select(pair => pair.Name);

    public string? Text { get; init; }

    public static Value Dot() =>
        Value.Of(
            new Sample(
                "main.T",
                ("True", true),
                ("False", false),
                ("I", 17),
                ("Zero", 0),
                ("Neg", -5),
                ("I64", 64L),
                ("I32", Value.OfInt32(32)),
                ("U8", (byte)8),
                ("U32", 32u),
                ("U64", 64ul),
                ("BigU", ulong.MaxValue),
                ("F", 1.5),
                ("F32", 0.1f),
                ("Big", 1e6),
                ("S", "xyz"),
                ("Empty", ""),
                ("Accents", "h\u00E9llo"),
                ("Html", "<a href=\"x\">'&'</a>"),
                ("L", Ints(3, 4, 5)),
                ("Words", new TemplateList(["a", "b"], "string")),
                ("Mixed", new TemplateList([1, "a", Value.Nil, 2, 3])),
                ("None", new TemplateList([], "int")),
                ("M", new TemplateMap { ["two"] = 2, ["one"] = 1 }),
                ("MS", new TemplateMap("string") { ["k"] = "v" }),
                ("MI", new TemplateMap("int") { ["b"] = 2, ["a"] = 1 }),
                ("MEmpty", new TemplateMap()),
                (
                    "Deep",
                    new TemplateMap
                    {
                        ["a"] = new TemplateMap { ["b"] = "c" },
                        ["n"] = Value.Nil,
                        ["i"] = 1,
                    }
                ),
                ("PFalse", Value.Pointer(false)),
                ("PEmpty", Value.Pointer("")),
                ("PS", Value.Pointer("text")),
                ("PI", Value.Pointer(23)),
                ("PNil", Value.NilPointer("bool")),
                ("PSNil", Value.NilPointer("string")),
                ("PL", Value.Pointer(Ints(21, 22))),
                ("PU", Value.Pointer(Value.Of(U()))),
                ("PUNil", Value.NilPointer("main.U")),
                ("U", Value.Of(U())),
                ("Stringer", Value.Of(new Sample("main.Q", ("V", 1)) { Text = "500m" })),
                ("Double", new TemplateFunction([ParameterType.Int], a => Value.OfInt(2 * a.Integer(0)))),
                ("Seq", new TemplateSequence(Endless())),
                ("Pairs", new TemplateSequence([KeyValuePair.Create<Value, Value>("k", 1), KeyValuePair.Create<Value, Value>("l", 2)]))
            )
        );

    public bool TryGetField(string name, out Value value)
    {
        foreach (var field in fields)
        {
            if (field.Name != name)
                continue;
            value = field.Value;
            return true;
        }

        value = default;
        return false;
    }

    public bool TryGetMethod(string name, [MaybeNullWhen(false)] out TemplateFunction method)
    {
        method = name switch
        {
            "Method0" => new TemplateFunction([], _ => "M0"),
            "Method1" => new TemplateFunction([ParameterType.Int], a => Value.OfInt(a.Integer(0))),
            "Method2" => new TemplateFunction([ParameterType.Int, ParameterType.Text], a => $"Method2: {a.Integer(0)} {a.Text(1)}"),
            "Join" => new TemplateFunction([ParameterType.Text], ParameterType.Text, Join),
            "Self" => new TemplateFunction([], _ => Value.Of(this)),
            "Refuse" => new TemplateFunction([], _ => throw new FunctionException("no, thank you")),
            _ => null,
        };
        return method is not null;
    }

    private static Sample U() => new("main.U", ("V", "v"), ("W", 1), ("P", Value.NilPointer("int")));

    private static TemplateList Ints(params int[] numbers) => new(numbers.Select(number => (Value)number), "int");

    private static Value Join(TemplateArguments a)
    {
        var words = new List<string>();
        for (var i = 1; i < a.Count; i++)
            words.Add(a.Text(i));
        return string.Join(a.Text(0), words);
    }

    private static IEnumerable<Value> Endless()
    {
        for (var i = 1; ; i++)
            yield return i;
    }
}
