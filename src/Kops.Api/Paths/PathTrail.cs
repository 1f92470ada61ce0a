using System.Text;

namespace Kops.Api.Paths;

/// <summary>
/// The way from a document's root to the value at hand, while a tree is walked: <c>spec.subnets[0].zone</c>. Only told where something
/// is wrong, so that keeping it costs next to nothing.
/// </summary>
internal sealed class PathTrail
{
    private const int Longest = 500;
    private readonly List<(string? Name, int Index, bool IsKey)> _steps = [];

    public void EnterField(string name) => _steps.Add((name, 0, false));

    public void EnterKey(string name) => _steps.Add((name, 0, true));

    public void EnterItem(int index) => _steps.Add((null, index, false));

    public void Leave() => _steps.RemoveAt(_steps.Count - 1);

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var (name, index, isKey) in _steps)
        {
            if (text.Length > Longest)
                return text.Append("...").ToString();
            var shown = name is { Length: > Longest } ? name[..Longest] + "..." : name;
            var step =
                shown is null ? PathSegment.At(index)
                : isKey ? PathSegment.Key(shown)
                : PathSegment.Field(shown);
            if (step.Kind == PathSegmentKind.Field && text.Length > 0)
                text.Append('.');
            text.Append(step);
        }

        return text.ToString();
    }
}
