using Kops.Vfs.Drivers;
using Kops.Vfs.Layers;

namespace Kops.Vfs.Tests.Layers;

/// <summary>A server that accepts every condition and checks none.</summary>
internal sealed class IgnoresConditions(IStoreDriver inner) : StoreLayer(inner)
{
    public override ValueTask<WriteOutcome> PutAsync(
        string key,
        ObjectBody body,
        WriteCondition condition,
        CancellationToken cancellationToken
    ) => base.PutAsync(key, body, WriteCondition.Any.Marked(condition.Mark), cancellationToken);

    public override ValueTask<WriteOutcome> DeleteAsync(string key, WriteCondition condition, CancellationToken cancellationToken) =>
        base.DeleteAsync(
            key,
            condition.Kind is WriteConditionKind.IfAbsent ? condition : WriteCondition.Any.Marked(condition.Mark),
            cancellationToken
        );
}
