using Kops.Api.Documents;

namespace Kops.Api.Versions;

/// <summary>One version says "disabled", the other "enabled".</summary>
internal sealed class Negated : ValueRule
{
    public override Node ToLater(Node value, ValueReport report) =>
        value is ScalarNode { Kind: ScalarKind.Boolean } truth
            ? new ScalarNode(ScalarKind.Boolean, truth.Text == "true" ? "false" : "true") { Position = value.Position }
            : value;

    public override Node ToStored(Node value, ValueReport report) => ToLater(value, report);
}
