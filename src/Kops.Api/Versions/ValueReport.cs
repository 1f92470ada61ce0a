using Kops.Api.Documents;
using Kops.Api.Paths;

namespace Kops.Api.Versions;

/// <summary>Takes what a rule has to say about the value at hand.</summary>
internal readonly struct ValueReport(ConversionNotes notes, PathTrail path, Node value)
{
    /// <summary>The value cannot be said in the other version.</summary>
    public void Refuse(string message) => notes.Refuse(path.ToString(), message, value.Position);

    /// <summary>A part of it has no place there.</summary>
    public void Drop(string field, Node part) => notes.Drop($"{path}.{field}", part.Position);
}
