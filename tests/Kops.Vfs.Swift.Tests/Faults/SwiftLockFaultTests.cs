using System.Text;
using Kops.Vfs.Conformance.Faults;
using Kops.Vfs.Layers.Lock;
using Kops.Vfs.Rest.Reading;
using Kops.Vfs.Swift.Tests.Servers;
using Xunit;

namespace Kops.Vfs.Swift.Tests.Faults;

/// <summary>What happens to the lock when its own requests are hurt.</summary>
public sealed class SwiftLockFaultTests(SwiftServer server)
{
    /// <summary>The lock is given back soon, since each change is to have one of its own.</summary>
    private static LockOptions Times { get; } = SwiftServer.Quick with { Linger = TimeSpan.FromMilliseconds(100) };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 240_000)]
    public async Task Faults_on_the_requests_of_the_lock_lose_no_change()
    {
        var random = new Random(5);
        Fault[] faults = [Fault.Reset, Fault.LostAnswer, Fault.SlowDown, Fault.ServerError];
        var account = server.Account;
        await using var proxy = new FaultProxy(
            new Uri(account.GetLeftPart(UriPartial.Authority)),
            line =>
            {
                if (!line.Contains(LockLayer.Key, StringComparison.Ordinal))
                    return Fault.None;
                lock (random)
                    return random.Next(100) < 20 ? faults[random.Next(faults.Length)] : Fault.None;
            }
        );
        var container = await server.CreateContainerAsync();
        LockLayer[] clients =
        [
            .. Enumerable
                .Range(0, 3)
                .Select(_ =>
                    server.Open(
                        container,
                        options =>
                            options with
                            {
                                StorageUrl = new Uri(proxy.Address, account.AbsolutePath),
                                RetryDelay = TimeSpan.FromMilliseconds(5),
                                Lock = Times,
                            }
                    )
                ),
        ];

        await Task.WhenAll(
            clients.Select(
                (client, writer) =>
                    Task.Run(
                        async () =>
                        {
                            for (var i = 0; i < 4; i++)
                            {
                                for (var tries = 0; !await TryAppendAsync(client, $"{writer}.{i}\n"); tries++)
                                    Assert.True(tries < 100, $"change {i} of writer {writer} was never made");

                                // Each change with a lock of its own: the claim is made and given back on the bad network.
                                await Task.Delay(Times.Linger * 3, Token);
                            }
                        },
                        TestContext.Current.CancellationToken
                    )
            )
        );

        foreach (var client in clients)
            await client.DisposeAsync();
        await using var bare = server.OpenBare(container);
        var lines = (await ObjectContent.ReadAsync((await bare.OpenReadAsync("log", Token))!, Token)).Text.Split(
            '\n',
            StringSplitOptions.RemoveEmptyEntries
        );
        Assert.Equal(
            Enumerable.Range(0, 3).SelectMany(writer => Enumerable.Range(0, 4).Select(i => $"{writer}.{i}")),
            lines.Order(StringComparer.Ordinal)
        );
        Assert.True(proxy.Faults > 5, $"only {proxy.Faults} faults");
    }

    private static async Task<bool> TryAppendAsync(LockLayer client, string line)
    {
        var old = await client.OpenReadAsync("log", Token) is { } reader ? await ObjectContent.ReadAsync(reader, Token) : null;
        if (old?.Text.Contains(line, StringComparison.Ordinal) == true)
            return true;
        try
        {
            return (
                await client.PutAsync(
                    "log",
                    ObjectBody.FromBytes(Encoding.UTF8.GetBytes(old?.Text + line)),
                    WriteCondition.Unchanged(old?.Version),
                    Token
                )
            ).Succeeded;
        }
        catch (StoreException e) when (e.Message.Contains("cannot be told", StringComparison.Ordinal))
        {
            return false;
        }
    }
}
