namespace Kops.Vfs;

/// <summary>
/// The one exception of every store. Conflicts and absences are not here: they are outcomes. The message names the operation, the
/// place and the likely cure; the cause is kept inside.
/// </summary>
public sealed class StoreException : KopsException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="kind">What went wrong.</param>
    /// <param name="operation">
    /// The driver member that failed, in the user's words: <c>read</c>, <c>write</c>, <c>delete</c>, <c>list</c>, <c>open</c>.
    /// </param>
    /// <param name="path">The full path as the user writes it, for example <c>s3://bucket/key</c>.</param>
    /// <param name="detail">What happened and what to do, one sentence, no final stop.</param>
    /// <param name="isTransient">Whether the same call may succeed later.</param>
    /// <param name="innerException">The cause.</param>
    public StoreException(
        StoreErrorKind kind,
        string operation,
        string path,
        string detail,
        bool isTransient = false,
        Exception? innerException = null
    )
        : base($"cannot {operation} {path}: {detail}", innerException) =>
        (Kind, Operation, Path, IsTransient) = (kind, operation, path, isTransient);

    /// <summary>What went wrong.</summary>
    public StoreErrorKind Kind { get; }

    /// <summary>What was being done.</summary>
    public string Operation { get; }

    /// <summary>Where.</summary>
    public string Path { get; }

    /// <inheritdoc/>
    public override bool IsTransient { get; }
}
