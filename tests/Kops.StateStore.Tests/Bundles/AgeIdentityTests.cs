using System.Text;
using Kops.StateStore.Bundles.Age;
using Xunit;

namespace Kops.StateStore.Tests.Bundles;

public sealed class AgeIdentityTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_sealed_for_a_new_identity_is_opened_with_its_text()
    {
        for (var i = 0; i < 20; i++)
        {
            using var identity = AgeIdentity.Create();
            using var file = new MemoryStream();
            await using (var writer = await AgeWriter.BeginAsync(file, [AgeKey.FromRecipient(identity.Recipient)], Token))
            {
                await writer.WriteAsync("key material"u8.ToArray(), Token);
                await writer.EndAsync(Token);
            }

            var text = Encoding.ASCII.GetString(identity.Text.Span);
            Assert.Matches(@"^AGE-SECRET-KEY-1[02-9AC-HJ-NP-Z]{58}\n\z", text);
            await using var opened = await AgeReader.BeginAsync(
                new MemoryStream(file.ToArray()),
                AgeKey.FromIdentity(text.TrimEnd()),
                Token
            );
            using var reader = new StreamReader(opened);
            Assert.Equal("key material", await reader.ReadToEndAsync(Token));
        }
    }

    [Fact]
    public void It_is_another_one_each_time_and_nothing_is_left_of_it()
    {
        using var other = AgeIdentity.Create();
        var identity = AgeIdentity.Create();
        var text = identity.Text;
        Assert.NotEqual(other.Recipient, identity.Recipient);
        Assert.Equal(identity.Recipient, identity.ToString());

        identity.Dispose();

        Assert.All(text.ToArray(), b => Assert.Equal(0, b));
    }

    // Test vectors of BIP 173, "Test vectors", and of age-keygen.
    [Theory]
    [InlineData("a", "a12uel5l")]
    [InlineData("abcdef", "abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw")]
    [InlineData("age", "age1w9vh6xc4dv7j65ezv620n6j6r9e0x7c8zxfe3s79l8gu5mgyw4csa9dn3r")]
    [InlineData("age-secret-key-", "age-secret-key-1ceauk6knlk4chs5qrstl3a5jjuu6rul6rpe66slye3awj0dmglqs6hcjgk")]
    public void Keys_are_written_as_they_were_read(string prefix, string text) =>
        Assert.Equal(text, Encoding.ASCII.GetString(Bech32.Encode(prefix, Bech32.Decode(prefix, text)!)));

    [Theory]
    [InlineData("age", "age1w9vh6xc4dv7j65ezv620n6j6r9e0x7c8zxfe3s79l8gu5mgyw4csa9dn3q")]
    [InlineData("age", "age1W9vh6xc4dv7j65ezv620n6j6r9e0x7c8zxfe3s79l8gu5mgyw4csa9dn3r")]
    [InlineData("age", "age")]
    public void What_is_no_key_is_none(string prefix, string text) => Assert.Null(Bech32.Decode(prefix, text));
}
