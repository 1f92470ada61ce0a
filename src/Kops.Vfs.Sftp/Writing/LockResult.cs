namespace Kops.Vfs.Sftp.Writing;

/// <summary>How waiting for a lock ended.</summary>
internal enum LockResult
{
    /// <summary>It is held.</summary>
    Taken,

    /// <summary>What was to be put into it is gone: somebody took it for left behind. It must be made anew.</summary>
    Lost,

    /// <summary>There is nothing to wait for any more: the condition of the write cannot come true.</summary>
    Unwanted,
}
