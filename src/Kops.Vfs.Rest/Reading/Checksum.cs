namespace Kops.Vfs.Rest.Reading;

/// <summary>A checksum that is made while content passes, and compared at its end.</summary>
public abstract class Checksum : IDisposable
{
    /// <summary>What it is, for messages: <c>MD5</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Takes the next bytes.</summary>
    public abstract void Append(ReadOnlySpan<byte> bytes);

    /// <summary>Whether all that was taken is what the service promised. Asked once, at the end.</summary>
    public abstract bool Matches();

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Lets go of what it holds.</summary>
    protected virtual void Dispose(bool disposing) { }
}
