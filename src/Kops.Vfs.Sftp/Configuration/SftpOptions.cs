using Kops.Vfs.Rest.Network;

namespace Kops.Vfs.Sftp.Configuration;

/// <summary>A server, who signs in there and with what, and how patiently it is asked. Its text form shows none of that.</summary>
public sealed record SftpOptions : NetworkOptions
{
    /// <summary>The server's name or address.</summary>
    public required string Host { get; init; }

    /// <summary>Its port.</summary>
    public int Port { get; init; } = 22;

    /// <summary>Who signs in.</summary>
    public required string User { get; init; }

    /// <summary>Files with private keys, in the order in which they are tried, with <c>:</c> between them.</summary>
    public string KeyFiles { get; init; } = string.Empty;

    /// <summary>Whether somebody named those files: then one that is not there, or cannot be read, is an error.</summary>
    public bool KeyFilesAreNamed { get; init; }

    /// <summary>Opens keys that are encrypted; null for none.</summary>
    public string? Passphrase { get; init; }

    /// <summary>The user's password, tried after all keys; null for none.</summary>
    public string? Password { get; init; }

    /// <summary>The socket of the agent that holds keys (<c>SSH_AUTH_SOCK</c>); null for none.</summary>
    public string? AgentSocket { get; init; }

    /// <summary>Files with the keys of known hosts, with <c>:</c> between them; those that are not there are passed over.</summary>
    public string KnownHostsFiles { get; init; } = string.Empty;

    /// <summary>How long the lock of an object may be held without a change before it counts as left behind.</summary>
    public TimeSpan BreakLockAfter { get; init; } = TimeSpan.FromSeconds(60);

    /// <inheritdoc/>
    public override string ToString() => nameof(SftpOptions);
}
