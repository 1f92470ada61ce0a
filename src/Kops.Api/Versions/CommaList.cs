using Kops.Api.Documents;

namespace Kops.Api.Versions;

/// <summary>A text with commas became a list.</summary>
internal sealed class CommaList : ValueRule
{
    public override Node ToLater(Node value, ValueReport report)
    {
        if (value is not ScalarNode text)
            return value;
        var list = new SequenceNode { Position = value.Position };
        foreach (var item in text.Text.Split(','))
            list.Add(new ScalarNode(ScalarKind.Text, item) { Position = value.Position });
        return list;
    }

    public override Node ToStored(Node value, ValueReport report)
    {
        if (value is not SequenceNode list)
            return value;
        return new ScalarNode(ScalarKind.Text, string.Join(',', list.Select(item => item.ToString()))) { Position = value.Position };
    }
}
