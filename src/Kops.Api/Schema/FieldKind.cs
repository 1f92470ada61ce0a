namespace Kops.Api.Schema;

/// <summary>The kinds of value that a field can hold.</summary>
public enum FieldKind
{
    /// <summary>Text.</summary>
    Text,

    /// <summary>A truth value.</summary>
    Boolean,

    /// <summary>A 32-bit whole number.</summary>
    Int32,

    /// <summary>A 64-bit whole number.</summary>
    Int64,

    /// <summary>A number.</summary>
    Float,

    /// <summary>A Kubernetes quantity: <c>100m</c>, <c>1Gi</c>.</summary>
    Quantity,

    /// <summary>A whole number or text, such as a count or a percentage.</summary>
    IntOrString,

    /// <summary>A length of time in Go's form: <c>1m30s</c>.</summary>
    Duration,

    /// <summary>A point in time, RFC 3339 in UTC.</summary>
    Time,

    /// <summary>Bytes in base64.</summary>
    Bytes,

    /// <summary>Any JSON.</summary>
    Any,

    /// <summary>An object of a named type.</summary>
    Object,

    /// <summary>A list.</summary>
    List,

    /// <summary>Values by name.</summary>
    Map,
}
