namespace Kops.Templates.Values;

/// <summary>
/// What <c>range</c> goes through one by one: Go's <c>iter.Seq</c> and <c>iter.Seq2</c>. It may be endless: <c>break</c> ends it.
/// </summary>
public sealed class TemplateSequence
{
    /// <summary>A sequence of values: <c>range</c> takes at most one variable.</summary>
    public TemplateSequence(IEnumerable<Value> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        Pairs = values.Select(value => KeyValuePair.Create(value, value));
    }

    /// <summary>A sequence of pairs: the first variable of <c>range</c> gets the key, the second and the dot the value.</summary>
    public TemplateSequence(IEnumerable<KeyValuePair<Value, Value>> pairs) => (Pairs, HasKeys) = (pairs, true);

    internal IEnumerable<KeyValuePair<Value, Value>> Pairs { get; }

    internal bool HasKeys { get; }
}
