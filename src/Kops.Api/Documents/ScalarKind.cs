namespace Kops.Api.Documents;

/// <summary>The JSON types of a scalar; YAML's richer ones are resolved to these when a document is read.</summary>
public enum ScalarKind
{
    /// <summary>Nothing: <c>null</c>, <c>~</c> or an empty value.</summary>
    Null,

    /// <summary>A truth value, text <c>true</c> or <c>false</c>.</summary>
    Boolean,

    /// <summary>A whole number in decimal digits.</summary>
    Integer,

    /// <summary>Any other number, in Go's shortest form.</summary>
    Float,

    /// <summary>Text.</summary>
    Text,
}
