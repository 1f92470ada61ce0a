namespace Kops.Resources.Values;

/// <summary>
/// What an attribute of a resource holds: a text, a number, a truth value, a list, a block, a map, or one of three leaves that only
/// a target can fill in: <see cref="Reference"/>, <see cref="DataFile"/>, <see cref="Expression"/>. Null stands for an attribute that
/// is not there, so that builders can say what they know in one place.
/// </summary>
public abstract record Value
{
    /// <summary>A text; null stays null.</summary>
    public static implicit operator Value?(string? text) => text is null ? null : new TextValue(text);

    /// <summary>A whole number; null stays null.</summary>
    public static implicit operator Value?(long? number) => number is { } known ? new NumberValue(known) : null;

    /// <summary>A truth value; null stays null.</summary>
    public static implicit operator Value?(bool? flag) => flag is { } known ? new BooleanValue(known) : null;

    /// <summary>A list of texts.</summary>
    public static ListValue List(IEnumerable<string> texts) => new([.. texts.Select(text => new TextValue(text))]);

    /// <summary>A list.</summary>
    public static ListValue List(params IEnumerable<Value> items) => new([.. items]);

    /// <summary>A list whose order means nothing.</summary>
    public static ListValue Set(params IEnumerable<Value> items) => new([.. items]) { IsSet = true };
}
