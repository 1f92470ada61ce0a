using System.Security.Cryptography;
using Kops.Vfs.Drivers;

namespace Kops.Vfs.Rest.Writing;

/// <summary>A part of a body on its way: it must have the length that was promised, and its MD5 is made as it goes.</summary>
/// <param name="source">What is read; not closed with this.</param>
/// <param name="limit">Bytes that are taken at most.</param>
/// <param name="exact">Whether the source must hold as many.</param>
/// <param name="wrong">Makes the error for another length, of how many bytes there were.</param>
public sealed class MeasuredStream(Stream source, long limit, bool exact, Func<long, StoreException> wrong) : ForwardStream
{
    private readonly IncrementalHash _md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);

    /// <summary>Bytes so far.</summary>
    public long Count { get; private set; }

    /// <summary>Whether the source has come to its end.</summary>
    public bool IsAtEnd { get; private set; }

    /// <summary>What the source threw. The network's own exceptions would hide it.</summary>
    public Exception? Error { get; private set; }

    /// <summary>The MD5 of what was read, in hexadecimal.</summary>
    public string Md5 => Convert.ToHexStringLower(_md5.GetCurrentHash());

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var wanted = (int)Math.Min(buffer.Length, limit - Count);
        if (wanted == 0)
            return 0;
        try
        {
            var count = await source.ReadAsync(buffer[..wanted], cancellationToken).ConfigureAwait(false);
            if (count == 0)
                IsAtEnd = true;
            if (count == 0 && exact)
                throw wrong(Count);
            Count += count;
            _md5.AppendData(buffer.Span[..count]);
            return count;
        }
        catch (Exception e)
        {
            Error = e;
            throw;
        }
    }

    /// <summary>Lets go of the hash. The network closes the stream after each try, and the hash is asked for afterwards.</summary>
    public void Release() => _md5.Dispose();
}
