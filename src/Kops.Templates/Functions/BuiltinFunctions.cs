using Kops.Templates.Faults;
using Kops.Templates.Formatting;
using Kops.Templates.Values;
using static Kops.Templates.Values.ParameterType;

namespace Kops.Templates.Functions;

/// <summary>The functions that every template of Go has.</summary>
internal static class BuiltinFunctions
{
    /// <summary><c>and</c> and <c>or</c>: the engine evaluates only the arguments that are needed.</summary>
    public static readonly TemplateFunction And = new([Any], Any, _ => throw new FunctionException("unreachable"));

    public static readonly TemplateFunction Or = new([Any], Any, _ => throw new FunctionException("unreachable"));

    /// <summary><c>call</c>: the engine calls its first argument.</summary>
    public static readonly TemplateFunction Call = new([Any], Any, _ => throw new FunctionException("unreachable"));

    public static void AddTo(FunctionTable table)
    {
        table.Add("and", And).Add("or", Or).Add("call", Call);
        table.Add("not", [Any], a => !a[0].IsTrue);
        table.Add("len", [Any], a => Indexing.Length(a[0]));
        table.Add("index", [Any], Any, a => Indexing.Index(a[0], a.From(1)));
        table.Add("slice", [Any], Any, a => Indexing.Slice(a[0], a.From(1)));
        table.Add("print", [], Any, a => Printed(a, Sprint.Print));
        table.Add("println", [], Any, a => Printed(a, Sprint.PrintLine));
        table.Add("printf", [ParameterType.Text], Any, Format);
        table.Add("html", [], Any, a => Escaping.Html(All(a), a.Scope));
        table.Add("js", [], Any, a => Escaping.Script(All(a), a.Scope));
        table.Add("urlquery", [], Any, a => Escaping.Query(All(a), a.Scope));
        table.Add("eq", [Any], Any, a => Comparison.Equal(a[0], a.From(1)));
        table.Add("ne", [Any, Any], a => !Comparison.Equal(a[0], a.From(1)));
        table.Add("lt", [Any, Any], a => Comparison.Less(a[0], a[1]));
        table.Add("le", [Any, Any], a => Comparison.Less(a[0], a[1]) || Comparison.Equal(a[0], a.From(1)));
        table.Add("gt", [Any, Any], a => !Comparison.Less(a[0], a[1]) && !Comparison.Equal(a[0], a.From(1)));
        table.Add("ge", [Any, Any], a => !Comparison.Less(a[0], a[1]));
    }

    private delegate void Printer(TextBuffer buffer, ReadOnlySpan<Value> values);

    private static Value Printed(TemplateArguments arguments, Printer print)
    {
        var buffer = new TextBuffer(arguments.Scope.LongestText);
        print(buffer, arguments.All);
        return buffer.ToString();
    }

    private static Value Format(TemplateArguments arguments)
    {
        var buffer = new TextBuffer(arguments.Scope.LongestText);
        Printf.Print(buffer, arguments.Text(0), arguments.From(1));
        return buffer.ToString();
    }

    // One text stays as it is; all else is printed as print does, pointers followed.
    private static string All(TemplateArguments arguments)
    {
        if (arguments.Count == 1 && arguments[0].IsString)
            return arguments[0].Text;
        var values = arguments.All.ToArray();
        for (var i = 0; i < values.Length; i++)
            values[i] = values[i].Target;
        var buffer = new TextBuffer(arguments.Scope.LongestText);
        Sprint.Print(buffer, values);
        return buffer.ToString();
    }
}
