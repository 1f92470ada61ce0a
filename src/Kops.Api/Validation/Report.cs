using Kops.Api.Documents;
using Kops.Api.Paths;

namespace Kops.Api.Validation;

/// <summary>Collects the problems of one object.</summary>
internal sealed class Report(List<Problem> problems, string subject)
{
    public void Add(FieldPath path, string message, SourcePosition? position) =>
        problems.Add(new Problem(path.ToString(), message, position, subject));
}
