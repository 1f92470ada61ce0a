using System.Buffers.Binary;
using System.Text;
using Renci.SshNet;
using Renci.SshNet.Security;

namespace Kops.Vfs.Sftp.Connection;

/// <summary>A key that an agent holds.</summary>
internal sealed class AgentKey : IPrivateKeySource
{
    private const uint Sha256 = 2;
    private const uint Sha512 = 4;

    internal AgentKey(SshAgent agent, byte[] key, string comment)
    {
        Comment = comment;
        var kind = Encoding.ASCII.GetString(key, 4, BinaryPrimitives.ReadInt32BigEndian(key));
        HostKeyAlgorithms = kind is "ssh-rsa"
            ? [new Algorithm(agent, "rsa-sha2-512", key, Sha512), new Algorithm(agent, "rsa-sha2-256", key, Sha256)]
            : [new Algorithm(agent, kind, key, 0)];
    }

    /// <summary>What its owner calls it.</summary>
    internal string Comment { get; }

    /// <inheritdoc/>
    public IReadOnlyCollection<HostAlgorithm> HostKeyAlgorithms { get; }

    private sealed class Algorithm(SshAgent agent, string name, byte[] key, uint flags) : HostAlgorithm(name)
    {
        public override byte[] Data => key;

        public override byte[] Sign(byte[] data) => agent.Sign(key, data, flags);

        public override bool VerifySignature(byte[] data, byte[] signature) => throw new NotSupportedException();
    }
}
