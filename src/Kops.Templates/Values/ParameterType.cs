namespace Kops.Templates.Values;

/// <summary>
/// What a parameter of a function takes. Go is strict here: an <c>int64</c> is no <c>int</c>, and a number is no text. A pointer to the
/// type is followed; a number in the template fits each kind of number that can hold it.
/// </summary>
public enum ParameterType
{
    /// <summary>Anything, <c>nil</c> too: <c>interface{}</c>.</summary>
    Any,

    /// <summary>A text: Go's <c>string</c>.</summary>
    Text,

    /// <summary>A truth: <c>bool</c>.</summary>
    Bool,

    /// <summary>An <c>int</c>.</summary>
    Int,

    /// <summary>An <c>int64</c>.</summary>
    Long,

    /// <summary>A <c>float64</c>.</summary>
    Float,

    /// <summary>A <c>map[string]interface {}</c>.</summary>
    Map,

    /// <summary>A list of anything.</summary>
    List,

    /// <summary>A struct of the host.</summary>
    Struct,
}
