using Kops.Templates.Values;

namespace Kops.Templates.Functions;

/// <summary>
/// The functions that a template may call, by name. Go's own (<c>len</c>, <c>printf</c>, <c>eq</c>, ...) are always there; a function
/// that is added replaces one of the same name. Templates are bound to their functions when they are parsed.
/// </summary>
public sealed class FunctionTable
{
    private readonly Dictionary<string, TemplateFunction> _functions = new(StringComparer.Ordinal);
    private TimeProvider? _clock;

    /// <summary>Creates a table with Go's own functions.</summary>
    public FunctionTable() => BuiltinFunctions.AddTo(this);

    /// <summary>The names of all functions, in order.</summary>
    public IEnumerable<string> Names => _functions.Keys.Order(StringComparer.Ordinal);

    /// <summary>Adds a function with a fixed number of parameters.</summary>
    /// <param name="name">Its name: letters, digits and underscores.</param>
    /// <param name="parameters">The types of its parameters.</param>
    /// <param name="body">What it does.</param>
    /// <returns>This table.</returns>
    public FunctionTable Add(string name, ParameterType[] parameters, FunctionBody body) =>
        Add(name, new TemplateFunction(parameters, body));

    /// <summary>Adds a function that takes any number of arguments behind the fixed ones.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="parameters">The types of the fixed parameters.</param>
    /// <param name="rest">The type of each further argument.</param>
    /// <param name="body">What it does.</param>
    /// <returns>This table.</returns>
    public FunctionTable Add(string name, ParameterType[] parameters, ParameterType rest, FunctionBody body) =>
        Add(name, new TemplateFunction(parameters, rest, body));

    /// <summary>Adds a function.</summary>
    /// <exception cref="ArgumentException">The name is none.</exception>
    public FunctionTable Add(string name, TemplateFunction function)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(function);
        if (char.IsDigit(name[0]) || !name.All(unit => unit == '_' || char.IsLetterOrDigit(unit)))
            throw new ArgumentException($"'{name}' cannot be called: a name has letters, digits and underscores", nameof(name));
        _functions[name] = function;
        return this;
    }

    /// <summary>
    /// Adds the functions of sprig v3 that give the same for the same arguments. Those that need the clock or the environment are added
    /// with <see cref="AddClock"/> and <see cref="AddEnvironment"/>; random ones, keys, certificates and the network are left to the host.
    /// </summary>
    public FunctionTable AddSprig()
    {
        StringFunctions.AddTo(this);
        CaseFunctions.AddTo(this);
        LayoutFunctions.AddTo(this);
        ListFunctions.AddTo(this);
        DictFunctions.AddTo(this);
        MathFunctions.AddTo(this);
        DefaultFunctions.AddTo(this);
        TypeFunctions.AddTo(this);
        JsonFunctions.AddTo(this);
        EncodingFunctions.AddTo(this);
        HashFunctions.AddTo(this);
        RegexFunctions.AddTo(this);
        PathFunctions.AddTo(this);
        UrlFunctions.AddTo(this);
        SemverFunctions.AddTo(this);
        DateFunctions.AddTo(this, _clock);
        return this;
    }

    /// <summary>Adds <c>now</c> and <c>ago</c>, and has the functions of dates use the clock's own time zone in place of UTC.</summary>
    public FunctionTable AddClock(TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        _clock = clock;
        DateFunctions.AddTo(this, clock);
        return this;
    }

    /// <summary>Adds <c>env</c> and <c>expandenv</c>.</summary>
    /// <param name="variable">The value of a variable; null where it is not set.</param>
    public FunctionTable AddEnvironment(Func<string, string?> variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        EnvironmentFunctions.AddTo(this, variable);
        return this;
    }

    internal TemplateFunction? Find(string name) => _functions.GetValueOrDefault(name);
}
