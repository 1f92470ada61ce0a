using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace Kops.Vfs.Sftp.Connection;

/// <summary>The agent that holds keys and signs with them, at a socket of this machine. SSH.NET knows no agents.</summary>
/// <param name="socket">The socket.</param>
/// <remarks>Source: draft-ietf-sshm-ssh-agent, 3.5 and 3.6.</remarks>
internal sealed class SshAgent(string socket)
{
    private const byte RequestIdentities = 11;
    private const byte IdentitiesAnswer = 12;
    private const byte SignRequest = 13;
    private const byte SignResponse = 14;
    private const int MaxAnswer = 256 * 1024;

    /// <summary>The keys that it holds; none where there is no agent any more.</summary>
    internal IReadOnlyList<AgentKey> Keys()
    {
        try
        {
            var answer = Ask(RequestIdentities, []);
            if (answer[0] != IdentitiesAnswer)
                return [];
            var keys = new List<AgentKey>();
            var position = 5;
            for (var left = BinaryPrimitives.ReadUInt32BigEndian(answer.AsSpan(1)); left > 0; left--)
            {
                var key = Next(answer, ref position);
                keys.Add(new AgentKey(this, key.ToArray(), Encoding.UTF8.GetString(Next(answer, ref position))));
            }

            return keys;
        }
        catch (Exception e) when (e is SocketException or IOException or ArgumentOutOfRangeException)
        {
            return [];
        }
    }

    /// <summary>Signs with one of its keys.</summary>
    /// <returns>The signature as servers take it, with its algorithm.</returns>
    /// <exception cref="IOException">The agent refuses, or is gone.</exception>
    internal byte[] Sign(byte[] key, byte[] data, uint flags)
    {
        using var request = new MemoryStream();
        Write(request, key);
        Write(request, data);
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(number, flags);
        request.Write(number);
        try
        {
            var answer = Ask(SignRequest, request.ToArray());
            var position = 1;
            return answer[0] == SignResponse ? Next(answer, ref position).ToArray() : throw new IOException("the agent refuses to sign");
        }
        catch (SocketException e)
        {
            throw new IOException("the agent is gone", e);
        }
    }

    private static void Write(MemoryStream stream, ReadOnlySpan<byte> bytes)
    {
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
        stream.Write(length);
        stream.Write(bytes);
    }

    private static ReadOnlySpan<byte> Next(byte[] answer, ref int position)
    {
        var length = BinaryPrimitives.ReadInt32BigEndian(answer.AsSpan(position));
        var part = answer.AsSpan(position + 4, length);
        position += 4 + length;
        return part;
    }

    private byte[] Ask(byte kind, byte[] content)
    {
        using var connection = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        connection.Connect(new UnixDomainSocketEndPoint(socket));
        using var stream = new NetworkStream(connection);
        var head = new byte[5];
        BinaryPrimitives.WriteInt32BigEndian(head, content.Length + 1);
        head[4] = kind;
        stream.Write(head);
        stream.Write(content);
        stream.ReadExactly(head.AsSpan(0, 4));
        var length = BinaryPrimitives.ReadInt32BigEndian(head);
        if (length is < 1 or > MaxAnswer)
            throw new IOException("the SSH agent's answer cannot be read");
        var answer = new byte[length];
        stream.ReadExactly(answer);
        return answer;
    }
}
