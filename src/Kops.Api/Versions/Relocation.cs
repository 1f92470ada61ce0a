namespace Kops.Api.Versions;

/// <summary>
/// What becomes of one field between the stored version, v1alpha2, and the later one, v1alpha3: another name, another object, another
/// form, or nothing. The table of relocations is applied from its start towards the later version and from its end towards the stored
/// one; a relocation's paths hold at its own place in that order.
/// </summary>
internal sealed class Relocation
{
    /// <summary>A relocation.</summary>
    /// <param name="at">The objects that the field is relocated within: <c>spec.hooks[]</c>.</param>
    /// <param name="stored">Where the field is in v1alpha2, seen from there: <c>topology </c>, <c>cloudConfig.multizone </c>; null where it
    /// has none.</param>
    /// <param name="later">Where it is in v1alpha3; null where it has none.</param>
    /// <param name="rule">How the value changes.</param>
    public Relocation(string at, string? stored, string? later, ValueRule? rule = null)
    {
        At = at.Replace("[]", ".[]", StringComparison.Ordinal).Split('.');
        Stored = stored?.Split('.');
        Later = later?.Split('.');
        Rule = rule;
    }

    /// <summary>The step to every item of a list.</summary>
    public const string EveryItem = "[]";

    public string[] At { get; }

    public string[]? Stored { get; }

    public string[]? Later { get; }

    public ValueRule? Rule { get; }

    /// <summary>The one cloud whose setting it is; null for a setting of all.</summary>
    public string? Cloud { get; init; }

    /// <summary>Whether kOps drops it on other clouds, where otherwise it refuses to read it.</summary>
    public bool IsDroppedElsewhere { get; init; }

    /// <summary>Whether kOps keeps a field that v1alpha3 lacks when it reads and writes v1alpha2.</summary>
    public bool IsKeptInStored { get; init; }

    /// <summary>The value that v1alpha3 stands for by having no such field; no word is lost about it.</summary>
    public string? Implied { get; init; }
}
