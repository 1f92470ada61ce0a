using Kops.Api.Documents;

namespace Kops.Api.Versions;

/// <summary>What a conversion could not carry over, by the paths of the version that it started from.</summary>
internal sealed class ConversionNotes
{
    private readonly List<Problem> _refused = [];
    private readonly List<Problem> _dropped = [];

    /// <summary>What the other version cannot say; the document is then of no use.</summary>
    public IReadOnlyList<Problem> Refused => _refused;

    /// <summary>What has no place in the other version, and is gone.</summary>
    public IReadOnlyList<Problem> Dropped => _dropped;

    public void Refuse(string path, string message, SourcePosition? position) => _refused.Add(new(path, message, position));

    public void Drop(string path, SourcePosition? position, string why = "has no effect, and kOps does not keep it") =>
        _dropped.Add(new(path, why, position));
}
