namespace Kops.Templates.Values;

/// <summary>What a function does with its arguments, which have the types that it declares.</summary>
/// <exception cref="Faults.FunctionException">It refuses them.</exception>
public delegate Value FunctionBody(TemplateArguments arguments);

/// <summary>A function that templates call: the types of its parameters, and what it does.</summary>
public sealed class TemplateFunction
{
    private readonly ParameterType[] _parameters;

    /// <summary>Creates a function with a fixed number of parameters.</summary>
    public TemplateFunction(ParameterType[] parameters, FunctionBody body)
        : this(parameters, null, body) { }

    /// <summary>Creates a function that takes any number of arguments behind the fixed ones.</summary>
    /// <param name="parameters">The types of the fixed parameters.</param>
    /// <param name="rest">The type of each further argument; null for none.</param>
    /// <param name="body">What it does.</param>
    public TemplateFunction(ParameterType[] parameters, ParameterType? rest, FunctionBody body)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(body);
        (_parameters, Rest, Body) = ([.. parameters], rest, body);
    }

    internal ParameterType? Rest { get; }

    internal FunctionBody Body { get; }

    internal int FixedCount => _parameters.Length;

    internal ParameterType TypeOf(int index) => index < _parameters.Length ? _parameters[index] : Rest.GetValueOrDefault();

    // What is wrong with a number of arguments, in Go's words; null for nothing.
    internal string? Refuse(string name, int count)
    {
        if (Rest is not null)
            return count >= FixedCount ? null : $"wrong number of args for {name}: want at least {FixedCount} got {count}";
        return count == FixedCount ? null : $"wrong number of args for {name}: want {FixedCount} got {count}";
    }
}
