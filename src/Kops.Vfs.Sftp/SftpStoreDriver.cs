using Kops.Vfs.Drivers;
using Kops.Vfs.Files;
using Kops.Vfs.Rest.Network;
using Kops.Vfs.Sftp.Configuration;
using Kops.Vfs.Sftp.Connection;
using Kops.Vfs.Sftp.Directories;
using Kops.Vfs.Sftp.Writing;

namespace Kops.Vfs.Sftp;

/// <summary>Files on a server that is reached by SSH.</summary>
/// <remarks>
/// SFTP knows no conditions. Every write and delete holds a lock on its object, which is a directory beside it; and is made with one rename
/// out of that
/// directory, so that whoever has lost the lock can change nothing any more. The driver tries again by itself
/// (<see cref="NetworkOptions.MaxRetries"/>).
/// </remarks>
public sealed class SftpStoreDriver : IStoreDriver
{
    private readonly SftpConnection _connection;
    private readonly SftpDirectory _directory;
    private readonly SftpListing _listing;
    private readonly SftpWriter _writer;

    /// <summary>Creates the driver. Nothing is read or sent before it is used.</summary>
    /// <param name="root">The directory below which keys are paths: <c>/ </c>, <c>. </c> for the user's home, or a path. It need not
    /// exist.</param>
    /// <param name="address">What users write for it, for example <c>ssh://user@host</c>.</param>
    /// <param name="options">The server, and how patiently it is asked.</param>
    /// <param name="clock">The time.</param>
    public SftpStoreDriver(string root, string address, SftpOptions options, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(options);
        _connection = new SftpConnection(address, options, clock);
        _directory = new SftpDirectory(root, _connection);
        _listing = new SftpListing(_directory, clock);
        _writer = new SftpWriter(_directory, options.BreakLockAfter, clock);
    }

    /// <inheritdoc/>
    public StoreCapabilities Capabilities { get; } =
        new()
        {
            ConditionalCreate = true,
            ConditionalReplace = true,
            ConditionalDelete = true,
            ConditionsByLock = true,
            ObjectsAreDirectoryLeaves = true,
            MaxSegmentBytes = FileNames.MaxBytes,
        };

    /// <inheritdoc/>
    public async ValueTask<ObjectInfo?> StatAsync(string key, CancellationToken cancellationToken)
    {
        _directory.Errors.Require("read", key);
        var opened = await _directory.OpenAsync("read", key, cancellationToken).ConfigureAwait(false);
        if (opened is not null)
            await opened.DisposeAsync().ConfigureAwait(false);
        return opened?.Info;
    }

    /// <inheritdoc/>
    public async ValueTask<ObjectReader?> OpenReadAsync(string key, CancellationToken cancellationToken)
    {
        _directory.Errors.Require("read", key);
        if (await _directory.OpenAsync("read", key, cancellationToken).ConfigureAwait(false) is not { } opened)
            return null;
        return new ObjectReader(
            opened.Info,
            opened.Content is { } bytes
                ? new MemoryStream(bytes.ToArray(), writable: false)
                : new SftpContentStream(_directory, key, opened)
        );
    }

    /// <inheritdoc/>
    public ValueTask<WriteOutcome> PutAsync(string key, ObjectBody body, WriteCondition condition, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(body);
        _directory.Errors.Require("write", key);
        return _writer.PutAsync(key, body, condition, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<WriteOutcome> DeleteAsync(string key, WriteCondition condition, CancellationToken cancellationToken)
    {
        if (condition.Kind is WriteConditionKind.IfAbsent)
            throw new ArgumentException("a delete cannot ask for absence", nameof(condition));
        _directory.Errors.Require("delete", key);
        return _writer.DeleteAsync(key, condition, cancellationToken);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<ListEntry> ListAsync(string prefix, ListDepth depth, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        if (prefix.Length > 0)
            _directory.Errors.Require("list", prefix.EndsWith('/') ? prefix[..^1] : prefix);
        return _listing.ListAsync(prefix, depth, cancellationToken);
    }

    /// <summary>Lets a directory stay also when nothing is in it any more: the one that users name for a store.</summary>
    public void Keep(string key) => _writer.Keep(key);

    /// <summary>A hold on an object, for tests of holders that die.</summary>
    internal ObjectLock Lock(string key) => _writer.Lock("write", key);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _connection.Dispose();
        return ValueTask.CompletedTask;
    }
}
