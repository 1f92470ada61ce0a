namespace Kops.Vfs.Setup;

/// <summary>A driver that asks for more than files, and can try whether it may.</summary>
public interface IRightsTrial
{
    /// <summary>What it asks of the bucket as such. Nothing is changed by any of them.</summary>
    /// <param name="writes">Whether what it asks before it writes is among them.</param>
    IReadOnlyList<RightTrial> Trials(bool writes);

    /// <summary>A version that nothing ever has, and that the server is asked about all the same.</summary>
    ObjectVersion Never { get; }
}
