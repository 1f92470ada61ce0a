using System.Collections.Concurrent;
using Kops.Vfs.Drivers;
using Kops.Vfs.Files;
using Kops.Vfs.Sftp.Connection;
using Kops.Vfs.Sftp.Directories;
using Renci.SshNet;

namespace Kops.Vfs.Sftp.Writing;

/// <summary>Puts and deletes objects, each under the lock of its own.</summary>
internal sealed class SftpWriter(SftpDirectory directory, TimeSpan breakAfter, TimeProvider clock)
{
    private const int BufferBytes = 256 * 1024;
    private readonly ConcurrentDictionary<string, bool> _kept = new(StringComparer.Ordinal);

    /// <remarks>What lies in a store that was named before is a part of it, such as a cluster's directory.</remarks>
    internal void Keep(string key)
    {
        if (!_kept.Keys.Any(kept => key.StartsWith(kept + "/", StringComparison.Ordinal)))
            _kept.TryAdd(key, true);
    }

    internal ObjectLock Lock(string operation, string key) => new(directory, operation, key, breakAfter, clock);

    internal async ValueTask<WriteOutcome> PutAsync(
        string key,
        ObjectBody body,
        WriteCondition condition,
        CancellationToken cancellationToken
    )
    {
        var written = false;
        try
        {
            // Nothing is sent for what cannot be.
            if (
                condition.Kind is not WriteConditionKind.Any
                && !await HoldsAsync("write", key, condition, cancellationToken).ConfigureAwait(false)
            )
                return WriteOutcome.Conflict;
            while (true)
            {
                if (await TryPutAsync(key, body, condition, cancellationToken).ConfigureAwait(false) is not { } outcome)
                    continue;
                written = outcome.Succeeded;
                return outcome;
            }
        }
        catch (SourceException e)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(e.InnerException!);
            throw;
        }
        finally
        {
            if (!written)
                await PruneAsync(FileNames.ParentOf(key)).ConfigureAwait(false);
        }
    }

    internal async ValueTask<WriteOutcome> DeleteAsync(string key, WriteCondition condition, CancellationToken cancellationToken)
    {
        while (true)
        {
            var found = await FindAsync("delete", key, cancellationToken).ConfigureAwait(false);
            if (found is null)
                return WriteOutcome.Absent;
            if (condition.Kind is WriteConditionKind.IfMatch && found.Version != condition.Version)
                return WriteOutcome.Conflict;
            if (await TryDeleteAsync(key, condition, cancellationToken).ConfigureAwait(false) is not { } outcome)
                continue;
            if (outcome.Succeeded)
                await PruneAsync(FileNames.ParentOf(key)).ConfigureAwait(false);
            return outcome;
        }
    }

    /// <summary>Puts; null where the lock was taken away, or the directory was removed, and it must be done anew.</summary>
    private async ValueTask<WriteOutcome?> TryPutAsync(
        string key,
        ObjectBody body,
        WriteCondition condition,
        CancellationToken cancellationToken
    )
    {
        var hold = Lock("write", key);
        var version = default(ObjectVersion);
        try
        {
            if (
                !await hold.PrepareAsync(
                        async (client, path, token) => version = await UploadAsync(client, key, path, body, token).ConfigureAwait(false),
                        cancellationToken
                    )
                    .ConfigureAwait(false)
            )
            {
                await directory.CreateAsync("write", FileNames.ParentOf(key), cancellationToken).ConfigureAwait(false);
                return null;
            }

            switch (await hold.TakeAsync(token => HoldsAsync("write", key, condition, token), cancellationToken).ConfigureAwait(false))
            {
                case LockResult.Lost:
                    return null;
                case LockResult.Unwanted:
                    return WriteOutcome.Conflict;
            }

            if (!await HoldsAsync("write", key, condition, cancellationToken).ConfigureAwait(false))
                return WriteOutcome.Conflict;
            cancellationToken.ThrowIfCancellationRequested();
            // From here on it is done or not, whoever wants to stop it.
            return await hold.PlaceAsync(condition.Kind is WriteConditionKind.IfAbsent, IsOursAsync, CancellationToken.None)
                .ConfigureAwait(false) switch
            {
                true => WriteOutcome.Written(version),
                false => WriteOutcome.Conflict,
                null => null,
            };
        }
        finally
        {
            await hold.ReleaseAsync().ConfigureAwait(false);
        }

        async ValueTask<bool> IsOursAsync(CancellationToken token) =>
            (await FindAsync("write", key, token).ConfigureAwait(false))?.Version == version;
    }

    private async ValueTask<WriteOutcome?> TryDeleteAsync(string key, WriteCondition condition, CancellationToken cancellationToken)
    {
        var hold = Lock("delete", key);
        try
        {
            if (!await hold.PrepareAsync(null, cancellationToken).ConfigureAwait(false))
                return WriteOutcome.Absent;
            if (await hold.TakeAsync(static _ => ValueTask.FromResult(true), cancellationToken).ConfigureAwait(false) is LockResult.Lost)
                return null;
            var found = await FindAsync("delete", key, cancellationToken).ConfigureAwait(false);
            if (found is null)
                return WriteOutcome.Absent;
            if (condition.Kind is WriteConditionKind.IfMatch && found.Version != condition.Version)
                return WriteOutcome.Conflict;
            cancellationToken.ThrowIfCancellationRequested();
            return await hold.WithdrawAsync(CancellationToken.None).ConfigureAwait(false) switch
            {
                true => WriteOutcome.Deleted,
                false => WriteOutcome.Absent,
                null => null,
            };
        }
        finally
        {
            await hold.ReleaseAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Writes a body into a new file.</summary>
    /// <returns>The version that the file has, wherever it will stand.</returns>
    private async ValueTask<ObjectVersion> UploadAsync(
        SftpClient client,
        string key,
        string path,
        ObjectBody body,
        CancellationToken cancellationToken
    )
    {
        var first = new MemoryStream();
        var length = 0L;
        var source = await OpenAsync(body, cancellationToken).ConfigureAwait(false);
        await using (source.ConfigureAwait(false))
        {
            var file = await client.OpenAsync(path, FileMode.CreateNew, FileAccess.Write, cancellationToken).ConfigureAwait(false);
            await using (file.ConfigureAwait(false))
            {
                var buffer = new byte[BufferBytes];
                for (int count; (count = await ReadAsync(source, buffer, cancellationToken).ConfigureAwait(false)) > 0; length += count)
                {
                    if (length <= SftpVersion.HashedBytes)
                        first.Write(buffer, 0, count);
                    await file.WriteAsync(buffer.AsMemory(0, count), cancellationToken).ConfigureAwait(false);
                }

                await file.FlushAsync(cancellationToken).ConfigureAwait(false);
            }
        }

        if (body.Length is { } promised && promised != length)
            throw new SourceException(
                new InvalidDataException($"{directory.Errors.PathOf(key)}: {promised} bytes were promised, and {length} came")
            );
        if (length <= SftpVersion.HashedBytes)
            return SftpVersion.OfContent(first.GetBuffer().AsSpan(0, (int)length));
        // Its time is the server's, so that it is read back.
        return await SftpDirectory.VersionOfLargeAsync(client, path, cancellationToken).ConfigureAwait(false);
    }

    private static async ValueTask<Stream> OpenAsync(ObjectBody body, CancellationToken cancellationToken)
    {
        try
        {
            return await body.OpenAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw new SourceException(e);
        }
    }

    private static async ValueTask<int> ReadAsync(Stream source, byte[] buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await source.ReadAtLeastAsync(buffer, buffer.Length, false, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            throw new SourceException(e);
        }
    }

    private async ValueTask<ObjectInfo?> FindAsync(string operation, string key, CancellationToken cancellationToken)
    {
        var opened = await directory.OpenAsync(operation, key, cancellationToken).ConfigureAwait(false);
        if (opened is not null)
            await opened.DisposeAsync().ConfigureAwait(false);
        return opened?.Info;
    }

    private async ValueTask<bool> HoldsAsync(string operation, string key, WriteCondition condition, CancellationToken cancellationToken)
    {
        if (condition.Kind is WriteConditionKind.IfMatch)
            return await FindAsync(operation, key, cancellationToken).ConfigureAwait(false) is { } found
                && found.Version == condition.Version;
        var isAbsent = await directory
            .Connection.RunAsync(
                operation,
                key,
                async (client, token) =>
                    await SftpDirectory.LookAsync(client, directory.PathOf(key), token).ConfigureAwait(false)
                        is { IsDirectory: var isDirectory }
                        ? isDirectory
                            ? throw directory.Errors.InTheWay(operation, key, isDirectory: true)
                            : false
                        : true,
                cancellationToken
            )
            .ConfigureAwait(false);
        return isAbsent || condition.Kind is WriteConditionKind.Any;
    }

    /// <summary>
    /// Removes directories that are empty now, so that no prefix stays of what is gone. The root and what users have named stay.
    /// </summary>
    private async ValueTask PruneAsync(string key)
    {
        try
        {
            for (; key.Length > 0 && !_kept.ContainsKey(key); key = FileNames.ParentOf(key))
            {
                var path = directory.PathOf(key);
                if (
                    !await directory
                        .Connection.RunAsync(
                            "delete",
                            key,
                            (client, token) => SftpRemoval.TryRemoveDirectoryAsync(client, path, token),
                            CancellationToken.None
                        )
                        .ConfigureAwait(false)
                )
                    return;
            }
        }
        catch (StoreException)
        {
            // What was asked for has been done, or has failed with its own reason; an empty directory is no object.
        }
    }
}
