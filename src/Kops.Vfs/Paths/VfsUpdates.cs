namespace Kops.Vfs;

/// <summary>Read, change, write, on the version that was read.</summary>
public static class VfsUpdates
{
    /// <summary>How often an update reads anew before it gives up. Each time, another writer has got its own change in.</summary>
    public const int DefaultAttempts = 100;

    /// <summary>Changes an object, anew from what stands there whenever somebody else was quicker.</summary>
    /// <param name="path">The object, which need not exist.</param>
    /// <param name="change">
    /// Makes the new content from the old one (null: absent); null leaves the object as it is. Called once for each attempt. It should see
    /// in the
    /// old content whether the change is in it already: after a lost answer it may be called on its own result.
    /// </param>
    /// <param name="maxAttempts">Attempts before giving up.</param>
    /// <param name="cancellationToken">Stops between two requests.</param>
    /// <returns>The version that stands now: what was written, or what was left; null when it was absent and left so.</returns>
    /// <exception cref="StoreException">The store failed, has no conditional writes, or others kept changing the object.</exception>
    public static async ValueTask<ObjectVersion?> UpdateAsync(
        this VfsPath path,
        Func<ObjectContent?, ReadOnlyMemory<byte>?> change,
        int maxAttempts = DefaultAttempts,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(change);
        if (path.Store.Capabilities is not { ConditionalCreate: true, ConditionalReplace: true })
        {
            throw new StoreException(
                StoreErrorKind.Unsupported,
                "write",
                path.ToString(),
                "the store has no conditional writes, so another writer's change could be lost unseen"
            );
        }

        for (var attempt = 0; attempt < maxAttempts; attempt++)
        {
            var old = await path.ReadAsync(cancellationToken).ConfigureAwait(false);
            if (change(old) is not { } content)
                return old?.Version;
            var outcome = await path.WriteAsync(content, WriteCondition.Unchanged(old?.Version), cancellationToken).ConfigureAwait(false);
            if (outcome.Succeeded)
                return outcome.Version;
        }

        throw new StoreException(
            StoreErrorKind.Unavailable,
            "write",
            path.ToString(),
            $"others changed it {maxAttempts} times in a row; try again later",
            isTransient: true
        );
    }
}
