using System.Globalization;
using Kops.Bench.Stores;

// kops-bench-stores ENDPOINT ID SECRET [ROUNDS [WORD]]: what reads, writes, listings and increments cost with Kops.Vfs.S3 and with the SDK
// alone, in turns, in one process. Called by bench/libraries.
if (args is not [var endpoint, var id, var secret, .. var rest])
{
    Console.Error.WriteLine("Usage: kops-bench-stores ENDPOINT ID SECRET [ROUNDS [WORD]]");
    return 2;
}

var rounds = rest is [var text, ..] ? int.Parse(text, CultureInfo.InvariantCulture) : 7;
var bucket = $"bench-{Environment.ProcessId}";
using var sdk = new SdkWay(new Uri(endpoint), id, secret, bucket);
await sdk.CreateBucketAsync();
await using var kops = new KopsWay(new Uri(endpoint), id, secret, bucket);
IWay[] ways = [sdk, kops];
var content = new byte[4096];
Random.Shared.NextBytes(content);
await Parallel.ForAsync(0, 1000, async (i, _) => await sdk.WriteAsync($"list/{i:d4}", []));
await sdk.WriteAsync("counter", "0"u8.ToArray());

(string What, int Count, int AtOnce, Func<IWay, int, Task> Act)[] things =
[
    ("write 4 KB", 200, 1, (way, i) => way.WriteAsync($"object/{i}", content)),
    ("write 4 KB, 32 at a time", 800, 32, (way, i) => way.WriteAsync($"object/{i}", content)),
    ("read 4 KB", 100, 1, (way, i) => Expect(way.ReadAsync($"object/{i}"), 4096)),
    ("read 4 KB, 32 at a time", 800, 32, (way, i) => Expect(way.ReadAsync($"object/{i}"), 4096)),
    ("list 1,000", 20, 1, (way, _) => Expect(way.ListAsync("list"), 1000)),
    ("increment, on condition", 100, 1, (way, _) => way.IncrementAsync("counter")),
];

Console.WriteLine("| what | way | a second | µs | processor µs | KB allocated | times the SDK |");
Console.WriteLine("| --- | --- | ---: | ---: | ---: | ---: | ---: |");
foreach (
    var (what, count, atOnce, act) in things.Where(thing =>
        rest is not [_, var word] || thing.What.Contains(word, StringComparison.Ordinal)
    )
)
{
    var samples = ways.ToDictionary(way => way, _ => new List<Sample>());
    // The first round is for the compiler, and for the trial of the server's conditions.
    for (var round = 0; round <= rounds; round++)
    {
        foreach (var way in round % 2 == 0 ? ways : ways.Reverse())
        {
            var sample = await Sample.TakeAsync(count, atOnce, i => act(way, i));
            if (round > 0)
                samples[way].Add(sample);
        }
    }

    var floor = Sample.Best(samples[sdk]);
    foreach (var way in ways)
    {
        var best = Sample.Best(samples[way]);
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"| {what} | {way.Name} | {1e6 / best.Microseconds:0} | {best.Microseconds:0} | {best.Processor:0} "
                    + $"| {best.Bytes / 1024:0.0} | {best.Microseconds / floor.Microseconds:0.00} |"
            )
        );
    }
}

return 0;

static async Task Expect(Task<int> task, int wanted)
{
    var found = await task;
    if (found != wanted)
        throw new InvalidOperationException($"{found} in place of {wanted}");
}
