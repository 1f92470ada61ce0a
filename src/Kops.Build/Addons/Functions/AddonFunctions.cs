using Kops.Build.Input;
using Kops.Templates.Functions;
using Kops.Templates.Values;

namespace Kops.Build.Addons.Functions;

/// <summary>The functions that kOps gives the templates of addons, of one cluster.</summary>
internal static class AddonFunctions
{
    private static readonly ParameterType[] None = [];

    public static FunctionTable Of(BuildContext context)
    {
        var table = new FunctionTable().AddSprig();
        TextFunctions.AddTo(table);
        ClusterFunctions.AddTo(table, context);
        ControllerFunctions.AddTo(table, context);
        DnsFunctions.AddTo(table, context);
        NetworkFunctions.AddTo(table, context);
        AutoscalerFunctions.AddTo(table, context);
        AwsFunctions.AddTo(table, context);
        ProviderFunctions.AddTo(table, context);
        KarpenterFunctions.AddTo(table, context);
        return table;
    }

    /// <summary>Adds a function without arguments.</summary>
    public static FunctionTable Add(this FunctionTable table, string name, Func<Value> value) => table.Add(name, None, _ => value());

    public static Value Texts(IEnumerable<string> texts) => new TemplateList(texts.Select(text => (Value)text), "string");

    public static Value Texts(IEnumerable<KeyValuePair<string, string>> texts)
    {
        var map = new TemplateMap("string");
        foreach (var (name, value) in texts)
            map[name] = value;
        return map;
    }
}
