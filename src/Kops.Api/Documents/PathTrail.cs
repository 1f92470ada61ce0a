using System.Text;
using Kops.Api.Paths;

namespace Kops.Api.Documents;

/// <summary>The way from a document's root to the value at hand, while a tree is walked: <c>spec.subnets[0].zone</c>.</summary>
internal sealed class PathTrail
{
    private const int Longest = 500;
    private readonly List<PathSegment> _steps = [];

    public void Enter(PathSegment step) => _steps.Add(step);

    public void Leave() => _steps.RemoveAt(_steps.Count - 1);

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var step in _steps)
        {
            if (step.Kind == PathSegmentKind.Field && text.Length > 0) text.Append('.');
            if (text.Length > Longest) return text.Append("...").ToString();
            text.Append(step.Name.Length <= Longest ? step : step with { Name = step.Name[..Longest] + "..." });
        }

        return text.ToString();
    }
}
