using System.Globalization;
using Kops.Api.Documents;

namespace Kops.Api.Views;

/// <summary>
/// A typed view of a mapping. Views hold nothing: each property reads and writes the tree below, so several views of one mapping
/// agree, and fields that no view knows stay where they are. Reading an absent field gives null; setting null removes it.
/// </summary>
public abstract class ApiView
{
    /// <summary>A view of an existing mapping.</summary>
    protected ApiView(MappingNode node) => Node = node;

    /// <summary>The mapping that is viewed.</summary>
    public MappingNode Node { get; }

    /// <summary>The text of a scalar field.</summary>
    protected string? GetText(string name) => Node[name] is ScalarNode { Kind: not ScalarKind.Null } scalar ? scalar.Text : null;

    /// <summary>Sets a string field.</summary>
    protected void SetText(string name, string? value) => Node[name] = value is null ? null : ScalarNode.Of(value);

    /// <summary>The value of a boolean field.</summary>
    protected bool? GetBoolean(string name) => Node[name] is ScalarNode { Kind: ScalarKind.Boolean } scalar ? scalar.Text == "true" : null;

    /// <summary>Sets a boolean field.</summary>
    protected void SetBoolean(string name, bool? value) => Node[name] = value is { } known ? ScalarNode.Of(known) : null;

    /// <summary>The value of a whole number.</summary>
    protected long? GetInteger(string name) =>
        Node[name] is ScalarNode { Kind: ScalarKind.Integer } scalar
        && long.TryParse(scalar.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? value
            : null;

    /// <summary>Sets a whole number.</summary>
    protected void SetInteger(string name, long? value) => Node[name] = value is { } known ? ScalarNode.Of(known) : null;

    /// <summary>Sets a field that holds a whole number or text: digits become a number.</summary>
    protected void SetIntOrString(string name, string? value) =>
        Node[name] =
            value is null ? null
            : int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? ScalarNode.Of(number)
            : ScalarNode.Of(value);

    /// <summary>Any value of a field.</summary>
    protected Node? GetNode(string name) => Node[name];

    /// <summary>Sets a field to any value.</summary>
    protected void SetNode(string name, Node? value) => Node[name] = value;

    /// <summary>The object in a field; null when it is absent.</summary>
    protected T? GetView<T>(string name)
        where T : ApiView, IApiView<T> => Node[name] is MappingNode found ? T.Of(found) : null;

    /// <summary>Sets an object. Its tree becomes part of this one.</summary>
    protected void SetView(string name, ApiView? value) => Node[name] = value?.Node;

    /// <summary>The object in a field, which is made where there is none.</summary>
    protected T EnsureView<T>(string name)
        where T : ApiView, IApiView<T> => T.Of(Node.Ensure(name));
}
