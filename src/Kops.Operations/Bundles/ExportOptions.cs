using Kops.StateStore.Bundles.Age;

namespace Kops.Operations.Bundles;

/// <summary>What an archive of a cluster holds, and for whom.</summary>
public sealed record ExportOptions
{
    /// <summary>Whether the backups of etcd go in too; they may be large.</summary>
    public bool WithBackups { get; init; }

    /// <summary>Who may open it; empty for an archive that is not encrypted, with private keys in it.</summary>
    public IReadOnlyList<AgeKey> Keys { get; init; } = [];
}
