using System.Text;
using Kops.StateStore.Bundles.Age;
using Xunit;

namespace Kops.StateStore.Tests.Bundles;

public sealed class AgeWorkTests
{
    [Theory]
    [InlineData("19")]
    [InlineData("22")]
    [InlineData("62")]
    [InlineData("99999999999")]
    public async Task A_file_that_asks_for_more_memory_than_age_itself_does_is_refused_before_any_is_taken(string work)
    {
        var (salt, body, mac) = (new string('A', 22), new string('A', 43), new string('A', 43));
        var file = Encoding.ASCII.GetBytes($"age-encryption.org/v1\n-> scrypt {salt} {work}\n{body}\n--- {mac}\n");
        var before = GC.GetTotalAllocatedBytes();

        var refused = await Assert.ThrowsAsync<AgeException>(() =>
            AgeReader.BeginAsync(new MemoryStream(file), AgeKey.FromPassphrase("hunter2"), CancellationToken.None)
        );

        Assert.Contains("256 MiB", refused.Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 64 << 20);
    }
}
