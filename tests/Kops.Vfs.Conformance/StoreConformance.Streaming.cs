using System.IO.Hashing;
using Xunit;

namespace Kops.Vfs.Conformance;

public abstract partial class StoreConformance
{
    [Theory]
    [InlineData(1)]
    [InlineData((1 << 20) - 1)]
    [InlineData(1 << 20)]
    [InlineData((1 << 20) + 1)]
    [InlineData(9_000_000)]
    public async Task A_stream_arrives_as_it_was_sent(int size)
    {
        var put = await Driver.PutAsync(
            "object",
            ObjectBody.FromStream(_ => ValueTask.FromResult<Stream>(new PatternStream(size))),
            WriteCondition.Any,
            Token
        );

        var read = await ReadAsync("object");

        Assert.Equal((put.Version, size), (read!.Version, read.Bytes.Length));
        using var expected = new MemoryStream();
        await new PatternStream(size).CopyToAsync(expected, Token);
        Assert.True(expected.GetBuffer().AsSpan(0, size).SequenceEqual(read.Bytes.Span));
        Assert.Equal(put.Version, (await Driver.StatAsync("object", Token))!.Version);
    }

    [Fact]
    public async Task A_large_object_that_is_written_again_has_another_version()
    {
        static ObjectBody Body(byte seed) =>
            ObjectBody.FromStream(_ => ValueTask.FromResult<Stream>(new PatternStream(2_000_000, seed: seed)), 2_000_000);
        var versions = new List<ObjectVersion?>();
        for (byte i = 0; i < 5; i++)
            versions.Add((await Driver.PutAsync("object", Body(i), WriteCondition.Any, Token)).Version);

        Assert.Equal(5, versions.Distinct().Count());
        if (!Capabilities.ConditionalReplace)
            return;
        Assert.Equal(WriteResult.Conflict, (await PutAsync("object", "x", WriteCondition.IfMatch(versions[3]!.Value))).Result);
        Assert.Equal(WriteResult.Done, (await PutAsync("object", "x", WriteCondition.IfMatch(versions[4]!.Value))).Result);
    }

    [Fact]
    public async Task A_very_large_object_streams_in_bounded_memory()
    {
        var memory = new MemoryHighWater();
        // A store that a slow server keeps from its full size is brought to it by hand: KOPS_TEST_LARGE_BYTES=1073741824.
        var large = long.TryParse(Environment.GetEnvironmentVariable("KOPS_TEST_LARGE_BYTES"), out var given) ? given : LargeBytes;

        await Driver.PutAsync(
            "large",
            ObjectBody.FromStream(_ => ValueTask.FromResult<Stream>(new PatternStream(large, onRead: memory.Look)), large),
            WriteCondition.Any,
            Token
        );
        var hash = new XxHash64();
        long size = 0;
        await using (var reader = await Driver.OpenReadAsync("large", Token))
        {
            var buffer = new byte[128 * 1024];
            for (int count; (count = await reader!.Content.ReadAsync(buffer, Token)) > 0; size += count)
            {
                hash.Append(buffer.AsSpan(0, count));
                memory.Look();
            }
        }

        Assert.Equal(large, size);
        Assert.Equal(await PatternStream.HashAsync(large, Token), hash.GetCurrentHashAsUInt64());
        Assert.InRange(memory.Grown, 0, LargeMemoryBytes ?? long.MaxValue);
        TestContext.Current.SendDiagnosticMessage($"{large >> 20} MiB streamed, memory grew by {memory.Grown >> 20} MiB");
    }
}
