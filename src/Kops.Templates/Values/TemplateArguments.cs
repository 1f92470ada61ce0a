namespace Kops.Templates.Values;

/// <summary>The arguments of one call.</summary>
public readonly ref struct TemplateArguments
{
    private readonly ReadOnlySpan<Value> _values;

    internal TemplateArguments(ReadOnlySpan<Value> values, CallScope scope)
    {
        _values = values;
        Scope = scope;
    }

    /// <summary>How many there are.</summary>
    public int Count => _values.Length;

    /// <summary>The argument at a place, from 0.</summary>
    public Value this[int index] => _values[index];

    internal CallScope Scope { get; }

    internal ReadOnlySpan<Value> All => _values;

    /// <summary>The text at a place whose parameter is a <see cref="ParameterType.Text"/>.</summary>
    public string Text(int index) => _values[index].AsString();

    /// <summary>The number at a place whose parameter is an <see cref="ParameterType.Int"/> or <see cref="ParameterType.Long"/>.</summary>
    public long Integer(int index) => _values[index].AsInt64();

    /// <summary>What the template of this name writes for the given data; it counts towards the limits of this execution.</summary>
    /// <exception cref="Faults.TemplateException">There is no such template, or it fails.</exception>
    public string Render(string template, Value data) => Scope.Render(template, data);

    internal ReadOnlySpan<Value> From(int index) => _values[index..];
}
