using System.Net.Sockets;
using Kops.Vfs.Drivers;
using Kops.Vfs.Files;
using Kops.Vfs.Sftp.Configuration;
using Renci.SshNet.Common;
using Renci.SshNet.Messages.Transport;
using Renci.SshNet.Sftp;

namespace Kops.Vfs.Sftp.Connection;

/// <summary>Says what went wrong, and the likely cure.</summary>
internal sealed class SftpErrors(string address, SftpOptions options)
{
    /// <summary>The server as users write it.</summary>
    internal string Address => address;

    private string Server => options.Port == 22 ? options.Host : $"{options.Host}:{options.Port}";

    /// <summary>An object as users write it.</summary>
    internal string PathOf(string key) => ObjectKey.Join(address, key);

    /// <summary>A request that failed.</summary>
    internal StoreException Of(string operation, string key, Exception cause)
    {
        var (kind, detail, transient) = cause switch
        {
            SftpPermissionDeniedException => (
                StoreErrorKind.PermissionDenied,
                $"the user '{options.User}' has no right to this on {Server}; give it one there with chmod or chown",
                false
            ),
            NotSupportedException => (
                StoreErrorKind.Unsupported,
                $"the server {Server} has no posix-rename@openssh.com, without which an object cannot be replaced in one step; keep "
                    + $"state on a server of OpenSSH",
                false
            ),
            SftpException { StatusCode: StatusCode.OperationUnsupported } => (
                StoreErrorKind.Unsupported,
                $"the server {Server} cannot do this; keep state on a server of OpenSSH",
                false
            ),
            SftpException { StatusCode: StatusCode.NoSuchFile } => (
                StoreErrorKind.Unavailable,
                "it was removed while it was being worked on; run the command again",
                false
            ),
            SftpException { StatusCode: StatusCode.Failure or StatusCode.BadMessage } e => (
                StoreErrorKind.Other,
                $"the server {Server} failed without a reason ('{e.Message}'); a full disk, a quota or a limit of the server can be "
                    + $"behind it",
                false
            ),
            _ => (StoreErrorKind.Unavailable, $"the connection to {Server} broke ({Describe(cause)}); try again later", true),
        };
        return new StoreException(kind, operation, PathOf(key), detail, transient, cause);
    }

    /// <summary>A name that no file can have.</summary>
    internal void Require(string operation, string key)
    {
        if (FileNames.Problem(key) is { } problem)
            throw new StoreException(StoreErrorKind.InvalidArgument, operation, PathOf(key), problem);
    }

    /// <summary>Something else stands where an object or a directory is needed.</summary>
    internal StoreException InTheWay(string operation, string key, bool isDirectory) =>
        new(
            StoreErrorKind.InvalidArgument,
            operation,
            PathOf(key),
            isDirectory ? "a directory stands where a file is needed" : "a file stands where a directory is needed"
        );

    /// <summary>A connection that could not be made.</summary>
    internal StoreException NotConnected(string operation, string key, Exception cause, KnownHosts hosts, IReadOnlyList<string> tried)
    {
        var (kind, detail, transient) = cause switch
        {
            SshAuthenticationException => (
                StoreErrorKind.Unauthenticated,
                $"the server {Server} does not let '{options.User}' in; tried were {string.Join(", ", tried)}: put the public key into "
                    + $"that user's ~/.ssh/authorized_keys there, or name another key with KOPS_SSH_KEY",
                false
            ),
            SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData } => (
                StoreErrorKind.Unavailable,
                $"there is no host '{options.Host}'; correct the name",
                true
            ),
            SocketException e => (StoreErrorKind.Unavailable, $"no connection to {Server} ({Describe(e)}); is an SSH server there?", true),
            SshConnectionException { DisconnectReason: DisconnectReason.KeyExchangeFailed } when hosts.Kinds.Any() => (
                StoreErrorKind.Unauthenticated,
                $"the server {Server} has no key of a kind that is known of it ({string.Join(", ", hosts.Kinds)}); if its keys were "
                    + $"renewed, compare them with their owner and put them into {hosts.Files}",
                false
            ),
            SshOperationTimeoutException => (
                StoreErrorKind.Unavailable,
                $"{Server} does not answer within {options.ConnectTimeout.TotalSeconds:0.#} s; is an SSH server there?",
                true
            ),
            _ => (StoreErrorKind.Unavailable, $"no connection to {Server} ({Describe(cause)})", true),
        };
        return new StoreException(kind, operation, PathOf(key), detail, transient, cause);
    }

    /// <summary>A server that is not the one it should be, or whose key nobody has noted.</summary>
    internal StoreException UnknownHost(string operation, string key, KnownHosts hosts, string kind, byte[] shown)
    {
        var fingerprint = $"{kind} {KnownHosts.Fingerprint(shown)}";
        var scan = options.Port == 22 ? $"ssh-keyscan {options.Host}" : $"ssh-keyscan -p {options.Port} {options.Host}";
        var detail = hosts.Find(kind is "rsa-sha2-512" or "rsa-sha2-256" ? "ssh-rsa" : kind) is { } known
            ? $"the server {Server} is not the one that is known: it shows the key {fingerprint}, and {known.Place} says "
                + $"{KnownHosts.Fingerprint(known.Bytes)}; "
                + $"somebody may stand in between. If its owner says that the key was renewed: ssh-keygen -R '{hosts.Name}', then "
                + $"{scan} >> {hosts.Files}"
            : $"the key of the server {Server} is not known ({fingerprint}); compare it with what the server's owner says, then {scan} "
                + $">> {hosts.Files}";
        return new StoreException(StoreErrorKind.Unauthenticated, operation, PathOf(key), detail);
    }

    private static string Describe(Exception cause) =>
        cause.Message.TrimEnd('.') is { Length: > 0 } text ? char.ToLowerInvariant(text[0]) + text[1..] : cause.GetType().Name;
}
