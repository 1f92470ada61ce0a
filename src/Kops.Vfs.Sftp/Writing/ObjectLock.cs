using System.Globalization;
using System.IO.Hashing;
using System.Text;
using Kops.Vfs.Drivers;
using Kops.Vfs.Files;
using Kops.Vfs.Sftp.Directories;
using Renci.SshNet;
using Renci.SshNet.Common;
using Renci.SshNet.Sftp;

namespace Kops.Vfs.Sftp.Writing;

/// <summary>
/// One writer's hold on an object. The lock is a directory beside the object, and it is held as long as something is in it: the holder's
/// own
/// item, under a name that nobody else uses. It is taken by renaming a directory with that item over it, which a server refuses where the
/// lock is held; and the change is one rename out of the lock, or into the item. So the item is a token that counts once: a request that
/// was
/// sent again changes nothing any more, and whoever takes the item away from a holder that has gone silent has made sure that it cannot
/// write.
/// </summary>
/// <param name="directory">Where the objects are.</param>
/// <param name="operation">The driver's member, in the user's words.</param>
/// <param name="key">The object.</param>
/// <param name="breakAfter">How long another holder may do nothing.</param>
/// <param name="clock">The time.</param>
internal sealed class ObjectLock(SftpDirectory directory, string operation, string key, TimeSpan breakAfter, TimeProvider clock)
{
    private const string ContentName = "object";

    /// <summary>How often a lock may be refused that nobody seems to hold: somebody may have let go in between.</summary>
    private const int MaxRefusals = 100;

    private static readonly TimeSpan MaxWait = TimeSpan.FromMilliseconds(250);

    private readonly string _id = Guid.NewGuid().ToString("N");
    private readonly string _parent = FileNames.ParentOf(key);
    private readonly string _draft = ObjectKey.Join(FileNames.ParentOf(key), FileNames.NewTemporary());
    private readonly string _lock = ObjectKey.Join(
        FileNames.ParentOf(key),
        FileNames.TemporaryNamed("lock-" + Hash(FileNames.NameOf(key)))
    );
    private bool _isPrepared;
    private bool _isDone;
    private long _taken;

    /// <summary>Whether the item is in the lock.</summary>
    internal bool IsTaken => _taken != 0 && !_isDone;

    /// <summary>Whether so much time has passed that somebody may have taken the lock away.</summary>
    private bool MayBeBroken => clock.GetElapsedTime(_taken) >= breakAfter / 2;

    private string Item => directory.PathOf($"{_lock}/{_id}");

    /// <summary>Makes the item: a file with a new content, or a directory into which the old one will go.</summary>
    /// <param name="write">Writes the file at a path, which does not exist; null for a directory.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>False where the directory above was removed meanwhile.</returns>
    internal ValueTask<bool> PrepareAsync(
        Func<SftpClient, string, CancellationToken, ValueTask>? write,
        CancellationToken cancellationToken
    )
    {
        var tried = false;
        return directory.Connection.RunAsync(
            operation,
            key,
            async (client, token) =>
            {
                var (draft, item) = (directory.PathOf(_draft), directory.PathOf($"{_draft}/{_id}"));
                if (tried)
                    await SftpRemoval.RemoveAsync(client, draft, token).ConfigureAwait(false);
                tried = _isPrepared = true;
                try
                {
                    await client.CreateDirectoryAsync(draft, token).ConfigureAwait(false);
                    if (write is null)
                        await client.CreateDirectoryAsync(item, token).ConfigureAwait(false);
                    else
                        await write(client, item, token).ConfigureAwait(false);
                    return true;
                }
                catch (SftpPathNotFoundException)
                {
                    return false;
                }
            },
            cancellationToken
        );
    }

    /// <summary>Takes the lock, and waits for it.</summary>
    /// <param name="isStillWanted">Asked while somebody else holds it: whether there is anything left to wait for.</param>
    /// <param name="cancellationToken">Stops it.</param>
    internal async ValueTask<LockResult> TakeAsync(
        Func<CancellationToken, ValueTask<bool>> isStillWanted,
        CancellationToken cancellationToken
    )
    {
        var (holder, since, wait) = (string.Empty, clock.GetTimestamp(), TimeSpan.FromMilliseconds(5));
        var (tried, refusals) = (false, 0);
        while (true)
        {
            var before = clock.GetTimestamp();
            var taken = await directory.Connection.RunAsync(operation, key, TryTakeAsync, cancellationToken).ConfigureAwait(false);
            if (taken is not null)
            {
                if (taken.Value)
                    _taken = before;
                return taken.Value ? LockResult.Taken : LockResult.Lost;
            }

            var found = await directory.Connection.RunAsync(operation, key, HolderAsync, cancellationToken).ConfigureAwait(false);
            if (found is null && ++refusals > MaxRefusals)
                throw Refused();
            if (found is null)
                continue;
            if (found != holder)
                (holder, since) = (found, clock.GetTimestamp());
            else if (clock.GetElapsedTime(since) > breakAfter)
                await directory
                    .Connection.RunAsync(operation, key, (client, token) => BreakAsync(client, holder, token), cancellationToken)
                    .ConfigureAwait(false);
            if (!await isStillWanted(cancellationToken).ConfigureAwait(false))
                return LockResult.Unwanted;
            await Task.Delay(wait * (0.5 + Random.Shared.NextDouble()), clock, cancellationToken).ConfigureAwait(false);
            wait = wait * 1.5 < MaxWait ? wait * 1.5 : MaxWait;
        }

        // True where it is taken, false where the draft is gone, null where somebody else holds the lock.
        async ValueTask<bool?> TryTakeAsync(SftpClient client, CancellationToken token)
        {
            if (tried && await SftpDirectory.LookAsync(client, Item, token).ConfigureAwait(false) is not null)
                return true;
            tried = true;
            try
            {
                await RenameAsync(client, directory.PathOf(_draft), directory.PathOf(_lock), token).ConfigureAwait(false);
                return true;
            }
            catch (SftpPathNotFoundException)
            {
                return false;
            }
            catch (SftpException e) when (e.StatusCode is StatusCode.Failure)
            {
                return null;
            }
        }
    }

    /// <summary>Puts the item, a file, in the object's place.</summary>
    /// <param name="mustBeFree">Whether nothing may stand there, whoever has written it.</param>
    /// <param name="isOurs">Whether the object is what this change would have made of it: asked where nothing else can tell.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Null where the lock was taken away before.</returns>
    internal async ValueTask<bool?> PlaceAsync(
        bool mustBeFree,
        Func<CancellationToken, ValueTask<bool>> isOurs,
        CancellationToken cancellationToken
    )
    {
        var tried = false;
        var placed = await directory.Connection.RunAsync(operation, key, TryPlaceAsync, cancellationToken).ConfigureAwait(false);
        if (placed is null && tried && MayBeBroken)
            placed = await isOurs(cancellationToken).ConfigureAwait(false) ? true : throw Unknown();
        _isDone = placed is not false;
        return placed;

        async ValueTask<bool?> TryPlaceAsync(SftpClient client, CancellationToken token)
        {
            // Sent before, and the item is gone: that request was carried out.
            if (tried && await SftpDirectory.LookAsync(client, Item, token).ConfigureAwait(false) is null)
                return MayBeBroken ? null : true;
            var first = !tried;
            tried = true;
            try
            {
                if (mustBeFree)
                    await client.RenameFileAsync(Item, directory.PathOf(key), token).ConfigureAwait(false);
                else
                    await RenameAsync(client, Item, directory.PathOf(key), token).ConfigureAwait(false);
                return true;
            }
            catch (SftpPathNotFoundException)
            {
                if (first)
                    tried = false;
                return first || MayBeBroken ? null : true;
            }
            catch (SftpException e) when (e.StatusCode is StatusCode.Failure && mustBeFree)
            {
                return false;
            }
        }
    }

    /// <summary>Moves the object into the item, a directory.</summary>
    /// <returns>Null where the lock was taken away before, false where there is no object any more.</returns>
    internal async ValueTask<bool?> WithdrawAsync(CancellationToken cancellationToken)
    {
        var content = $"{Item}/{ContentName}";
        return await directory
            .Connection.RunAsync<bool?>(
                operation,
                key,
                async (client, token) =>
                {
                    try
                    {
                        await RenameAsync(client, directory.PathOf(key), content, token).ConfigureAwait(false);
                        return true;
                    }
                    catch (SftpPathNotFoundException)
                    {
                        // Sent before; or the object is gone; or the item is.
                        if (await SftpDirectory.LookAsync(client, content, token).ConfigureAwait(false) is not null)
                            return true;
                        return await SftpDirectory.LookAsync(client, Item, token).ConfigureAwait(false) is null ? null : false;
                    }
                },
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    /// <summary>
    /// Removes what is left of it, so that the next one can take the lock. Where that cannot be done the lock counts as left behind after a
    /// while.
    /// </summary>
    internal async ValueTask ReleaseAsync()
    {
        if (!_isPrepared)
            return;
        try
        {
            await directory
                .Connection.RunAsync(
                    operation,
                    key,
                    async (client, token) =>
                    {
                        if (!_isDone)
                            await SftpRemoval
                                .RemoveAsync(client, _taken != 0 ? Item : directory.PathOf(_draft), token)
                                .ConfigureAwait(false);
                        if (_taken != 0)
                            await SftpRemoval.TryRemoveDirectoryAsync(client, directory.PathOf(_lock), token).ConfigureAwait(false);
                        return true;
                    },
                    CancellationToken.None
                )
                .ConfigureAwait(false);
        }
        catch (StoreException)
        {
            // What was asked for has been done, or has failed with its own reason.
        }
    }

    private static string Hash(string name) =>
        XxHash128.HashToUInt128(Encoding.UTF8.GetBytes(name)).ToString("x32", CultureInfo.InvariantCulture);

    /// <summary>Renames in one step over what is there. SSH.NET has no other form of it.</summary>
    private static Task RenameAsync(SftpClient client, string from, string to, CancellationToken cancellationToken) =>
        Task.Run(() => client.RenameFile(from, to, isPosix: true), cancellationToken);

    /// <summary>The item of whoever holds the lock; null for nobody.</summary>
    private async ValueTask<string?> HolderAsync(SftpClient client, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var file in client.ListDirectoryAsync(directory.PathOf(_lock), cancellationToken).ConfigureAwait(false))
            {
                if (file.Name is not ("." or ".."))
                    return file.Name;
            }

            return null;
        }
        catch (SftpPathNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Takes the item of a holder away that has gone silent. From then on it can change nothing.</summary>
    private async ValueTask<bool> BreakAsync(SftpClient client, string holder, CancellationToken cancellationToken)
    {
        var aside = directory.PathOf(ObjectKey.Join(_parent, FileNames.NewTemporary()));
        try
        {
            await RenameAsync(client, directory.PathOf($"{_lock}/{holder}"), aside, cancellationToken).ConfigureAwait(false);
            await SftpRemoval.RemoveAsync(client, aside, cancellationToken).ConfigureAwait(false);
        }
        catch (SftpPathNotFoundException)
        {
            // It has let go, or somebody else was quicker.
        }

        return true;
    }

    private StoreException Refused() =>
        new(
            StoreErrorKind.Unsupported,
            operation,
            directory.Errors.PathOf(key),
            "the server does not let a directory take the place of an empty one, by which objects are locked here; keep state on a "
                + "server of OpenSSH"
        );

    private StoreException Unknown() =>
        new(
            StoreErrorKind.Unavailable,
            operation,
            directory.Errors.PathOf(key),
            $"the connection was lost for so long that the lock was taken away, and it cannot be told whether this {operation} "
                + $"happened; look at the object before you try again"
        );
}
