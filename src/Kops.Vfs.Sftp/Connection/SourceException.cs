namespace Kops.Vfs.Sftp.Connection;

/// <summary>The source of a body failed: that is not the network's fault, and is thrown on as it is.</summary>
internal sealed class SourceException(Exception cause) : Exception(cause.Message, cause);
