using Kops.Api.Documents;
using Kops.Api.Paths;

namespace Kops.Api.Diff;

/// <summary>A field that two people made different things of.</summary>
/// <param name="Path">The field.</param>
/// <param name="Base">What both started from; null when there was nothing.</param>
/// <param name="Mine">What the one made of it; null when it was taken away.</param>
/// <param name="Theirs">What the other made of it; null when it was taken away.</param>
public sealed record FieldConflict(FieldPath Path, Node? Base, Node? Mine, Node? Theirs)
{
    /// <summary>For people: <c>spec.channel: was stable, yours is alpha, theirs is beta</c>.</summary>
    public override string ToString() => $"{Path}: was {Show(Base)}, yours is {Show(Mine)}, theirs is {Show(Theirs)}";

    private static string Show(Node? value) => value is null ? "absent" : DiffText.Inline(value);
}
