using System.Security.Cryptography;
using System.Text;
using CsCheck;
using Kops.StateStore.Files;
using Xunit;

namespace Kops.StateStore.Tests.Changes.Journal;

/// <summary>Journals name contents by SHA-256, whoever computes it.</summary>
public sealed class ContentDigestTests
{
    [Theory]
    [InlineData("", 1, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("abc", 1, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    [InlineData(
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        1,
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    )]
    [InlineData(
        "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
        1,
        "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
    )]
    [InlineData("a", 1_000_000, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")]
    public void The_examples_of_the_standard_come_out(string text, int times, string digest)
    {
        var content = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(text, times)));
        Assert.Equal(digest, Convert.ToHexStringLower(Sha256.HashData(content)));
        Assert.Equal(digest, ContentDigest.Of(content));
    }

    [Fact]
    public void Every_length_around_the_ends_of_blocks_has_the_digest_of_the_platform()
    {
        var content = new byte[300];
        new Random(1).NextBytes(content);
        for (var length = 0; length <= content.Length; length++)
            Assert.Equal(SHA256.HashData(content.AsSpan(0, length)), Sha256.HashData(content.AsSpan(0, length)));
    }

    [Fact]
    public void Any_content_has_the_digest_of_the_platform() =>
        Gen.Byte.Array[0, 2000].Sample(content => Assert.Equal(SHA256.HashData(content), Sha256.HashData(content)));

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(1)]
    public void A_content_has_one_digest_on_both_sides_of_the_size_at_which_the_platform_takes_over(int more)
    {
        var content = new byte[ContentDigest.LargeBytes + more];
        new Random(2).NextBytes(content);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(content)), ContentDigest.Of(content));
    }
}
