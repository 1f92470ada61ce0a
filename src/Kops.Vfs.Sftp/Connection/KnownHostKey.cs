namespace Kops.Vfs.Sftp.Connection;

/// <summary>One key by which a host is known.</summary>
/// <param name="Kind">Its kind: <c>ssh-ed25519</c>.</param>
/// <param name="Bytes">The key, as the host shows it.</param>
/// <param name="Place">Where it stands, for messages.</param>
/// <param name="IsRevoked">Whether it must not be trusted any more.</param>
internal sealed record KnownHostKey(string Kind, byte[] Bytes, string Place, bool IsRevoked);
