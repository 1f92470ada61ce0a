using Kops.Api.Documents;

namespace Kops.Api.Versions;

/// <summary>
/// A list of <c>key=value </c> became a map. The list comes back sorted, and of a key that stands there twice the last counts.
/// </summary>
internal sealed class PairList : ValueRule
{
    public override Node ToLater(Node value, ValueReport report)
    {
        if (value is not SequenceNode list)
            return value;
        var map = new MappingNode { Position = value.Position };
        foreach (var item in list)
        {
            var text = item.ToString()!;
            var equals = text.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0)
            {
                // kOps crashes here.
                report.Refuse($"expected KEY=VALUE, found \"{text}\"");
                return value;
            }

            map.Set(text[..equals], new ScalarNode(ScalarKind.Text, text[(equals + 1)..]) { Position = item.Position }, item.Position);
        }

        return map;
    }

    public override Node ToStored(Node value, ValueReport report)
    {
        if (value is not MappingNode map)
            return value;
        if (map.Keys.FirstOrDefault(key => key.Contains('=', StringComparison.Ordinal)) is { } key)
        {
            report.Refuse($"v1alpha2 cannot say the key \"{key}\": it holds KEY=VALUE in one text; use a key without '='");
            return value;
        }

        var list = new SequenceNode { Position = value.Position };
        foreach (
            var field in map.Select(field => ($"{field.Key}={field.Value}", field.Value.Position))
                .OrderBy(pair => pair.Item1, StringComparer.Ordinal)
        )
            list.Add(new ScalarNode(ScalarKind.Text, field.Item1) { Position = field.Position });
        return list;
    }
}
