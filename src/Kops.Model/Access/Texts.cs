using Kops.Api.Documents;

namespace Kops.Model.Access;

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
