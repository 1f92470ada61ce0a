using System.Text;
using Kops.Vfs.Drivers;
using Xunit;

namespace Kops.Vfs.Conformance;

public abstract partial class StoreConformance
{
    [Fact]
    public async Task Of_racing_creates_one_wins()
    {
        var clients = await OpenClientsAsync(Writers);
        for (var round = 0; round < 5; round++)
        {
            var key = $"round/{round}";

            var outcomes = await Task.WhenAll(
                clients.Select(
                    (client, i) =>
                        Task.Run(async () =>
                            (
                                Writer: i,
                                Outcome: await client.PutAsync(
                                    key,
                                    ObjectBody.FromBytes(Encoding.UTF8.GetBytes($"writer {i}")),
                                    WriteCondition.IfAbsent,
                                    Token
                                )
                            )
                        )
                )
            );

            var winner = Assert.Single(outcomes, outcome => outcome.Outcome.Succeeded);
            var read = await ReadAsync(key);
            Assert.Equal(($"writer {winner.Writer}", winner.Outcome.Version), (read!.Text, read.Version));
        }
    }

    [Fact]
    public async Task Of_racing_changes_none_is_lost()
    {
        var clients = await OpenClientsAsync(Writers);

        await Task.WhenAll(
            clients.Select(
                (client, writer) =>
                    Task.Run(async () =>
                    {
                        for (var change = 0; change < ChangesOfEach; change++)
                            await AddLineAsync(client, $"{writer}.{change}\n");
                    })
            )
        );

        var lines = (await ReadAsync("counter"))!.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(Writers * ChangesOfEach, lines.Length);
        Assert.Equal(lines.Length, lines.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task A_delete_and_a_change_never_both_succeed_on_one_version_where_the_store_says_so()
    {
        var clients = await OpenClientsAsync(2);
        for (var round = 0; round < 10; round++)
        {
            var key = $"round/{round}";
            var condition = WriteCondition.IfMatch((await PutAsync(key, "first")).Version!.Value);

            var change = Task.Run(
                async () => await clients[0].PutAsync(key, ObjectBody.FromBytes("second"u8.ToArray()), condition, Token),
                Token
            );
            var delete = Task.Run(async () => await clients[1].DeleteAsync(key, condition, Token), Token);

            var changed = (await change).Result is WriteResult.Done;
            var deleted = (await delete).Result is WriteResult.Done;
            // A store that looks before it deletes may delete what was changed in between; never both fail, and never is it said of the one
            // that was not.
            Assert.True(changed || deleted, "neither happened");
            if (Capabilities is { ConditionalReplace: true, ConditionalDelete: true })
                Assert.False(changed && deleted, "both happened");
            var text = (await ReadAsync(key))?.Text;
            // Where both happened, whichever came last stands.
            if (changed && deleted)
                Assert.True(text is null or "second", text);
            else
                Assert.Equal(deleted ? null : "second", text);
        }
    }

    [Fact]
    public async Task Readers_beside_writers_see_whole_objects()
    {
        var contents = Enumerable.Range(0, 4).Select(i => new string((char)('a' + i), 50_000 + (i * 1000))).ToArray();
        await PutAsync("object", contents[0]);
        var clients = await OpenClientsAsync(3);
        var writing = Task.Run(async () =>
        {
            for (var i = 0; i < 40; i++)
                await clients[1]
                    .PutAsync(
                        "object",
                        ObjectBody.FromBytes(Encoding.UTF8.GetBytes(contents[i % contents.Length])),
                        WriteCondition.Any,
                        Token
                    );
        });

        var reads = 0;
        for (; !writing.IsCompleted || reads == 0; reads++)
        {
            var read = await ReadAsync(clients[2], "object");
            Assert.Contains(read!.Text, contents);
            Assert.Equal(read.Text.Length, read.Info.Size);
        }

        await writing;
    }

    /// <summary>
    /// Adds a line to the object <c>counter </c>, as every read-modify-write should be made: it sees its own work and does not do it twice.
    /// </summary>
    private static async Task AddLineAsync(IStoreDriver client, string line)
    {
        while (true)
        {
            var old = await ReadAsync(client, "counter");
            if (
                old?.Text.Contains(line, StringComparison.Ordinal) == true
                && ("\n" + old.Text).Contains("\n" + line, StringComparison.Ordinal)
            )
                return;
            var body = ObjectBody.FromBytes(Encoding.UTF8.GetBytes(old?.Text + line));
            if ((await client.PutAsync("counter", body, WriteCondition.Unchanged(old?.Version), Token)).Succeeded)
                return;
        }
    }
}
