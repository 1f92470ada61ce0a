using System.Text;
using Kops.Vfs.S3.Tests.Servers;

namespace Kops.Vfs.S3.Tests;

/// <summary>Counts up in one object, with many writers at once.</summary>
internal static class Counter
{
    internal const string Key = "counter";

    internal static async Task RunAsync(string bucket, int writers, int increments, CancellationToken cancellationToken)
    {
        var options = S3Server.FromEnvironment() ?? throw new InvalidOperationException("no server in the environment");
        await Task.WhenAll(Enumerable.Range(0, writers).Select(_ => Task.Run(
            async () =>
            {
                await using var driver = new S3StoreDriver(bucket, "s3://" + bucket, options, TimeProvider.System);
                for (var i = 0; i < increments; i++) await IncrementAsync(driver, cancellationToken);
            },
            cancellationToken)));
    }

    private static async Task IncrementAsync(S3StoreDriver driver, CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            var old = await ObjectContent.ReadAsync((await driver.OpenReadAsync(Key, cancellationToken))!, cancellationToken);
            var next = ObjectBody.FromBytes(Encoding.UTF8.GetBytes($"{int.Parse(old.Text) + 1}"));
            if ((await driver.PutAsync(Key, next, WriteCondition.IfMatch(old.Version), cancellationToken)).Succeeded) return;
            await Task.Delay(Random.Shared.Next(Math.Min(tries, 10) * 30), cancellationToken);
        }
    }
}
