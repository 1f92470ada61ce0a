using Kops.Api.Documents;

namespace Kops.Operations.Access.Policies;

internal static class Texts
{
    public static SequenceNode List(IEnumerable<string> values)
    {
        var list = new SequenceNode();
        foreach (var value in values)
            list.Add(ScalarNode.Of(value));
        return list;
    }
}
