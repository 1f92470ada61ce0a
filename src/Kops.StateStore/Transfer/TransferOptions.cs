using Kops.StateStore.Layout;

namespace Kops.StateStore.Transfer;

/// <summary>How trees are brought to agree.</summary>
public sealed record TransferOptions
{
    /// <summary>Objects on the way at one time where the caller does not say.</summary>
    public const int DefaultConcurrency = 64;

    /// <summary>Whether what stands at the target alone is deleted, after everything was copied without a failure.</summary>
    public bool Delete { get; init; }

    /// <summary>
    /// Whether contents are read where listings give no true hash. Without, what was written to the target after the source was last
    /// changed, and has its length, counts as its copy.
    /// </summary>
    public bool ByContent { get; init; }

    /// <summary>Whether everything is copied, whatever the target holds or comes to hold meanwhile: without conditions.</summary>
    public bool Always { get; init; }

    /// <summary>Whether nothing is written: what would be is counted and told.</summary>
    public bool DryRun { get; init; }

    /// <summary>Objects on the way at one time.</summary>
    public int Concurrency { get; init; } = DefaultConcurrency;

    /// <summary>Objects that are none of this transfer's business on either side, by their key relative to it.</summary>
    public Func<string, bool> Skip { get; init; } = KopsDirectory.IsTransient;

    /// <summary>Is told of each object that is, or would be, written or deleted; from several threads.</summary>
    public Action<TransferAction>? Tell { get; init; }

    /// <summary>
    /// Failures after which it stops: a store that refuses one object in twenty is worth going on with, one that refuses all is not.
    /// </summary>
    public int MaxFailures { get; init; } = 20;
}
