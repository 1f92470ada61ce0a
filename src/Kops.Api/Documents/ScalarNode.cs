using System.Globalization;

namespace Kops.Api.Documents;

/// <summary>A scalar, kept as its JSON kind and canonical text.</summary>
public sealed class ScalarNode : Node
{
    /// <summary>Creates a scalar from canonical text; use the static members for values.</summary>
    public ScalarNode(ScalarKind kind, string text) => (Kind, Text) = (kind, text);

    /// <summary>What the scalar is.</summary>
    public ScalarKind Kind { get; }

    /// <summary>Its text: the string itself, <c>true</c>, <c>12</c>; empty for null.</summary>
    public string Text { get; }

    /// <summary>A null.</summary>
    public static ScalarNode Null() => new(ScalarKind.Null, string.Empty);

    /// <summary>A string.</summary>
    public static ScalarNode Of(string value) => new(ScalarKind.Text, value);

    /// <summary>A truth value.</summary>
    public static ScalarNode Of(bool value) => new(ScalarKind.Boolean, value ? "true" : "false");

    /// <summary>A whole number.</summary>
    public static ScalarNode Of(long value) => new(ScalarKind.Integer, value.ToString(CultureInfo.InvariantCulture));

    /// <inheritdoc/>
    public override Node Clone() => new ScalarNode(Kind, Text) { Position = Position };

    /// <inheritdoc/>
    public override string ToString() => Text;
}
