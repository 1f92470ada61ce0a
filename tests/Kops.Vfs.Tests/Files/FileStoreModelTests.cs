using System.Globalization;
using System.Text;
using CsCheck;
using Kops.Vfs.Drivers;
using Kops.Vfs.Files;
using Kops.Vfs.Memory;
using Xunit;

namespace Kops.Vfs.Tests.Files;

/// <summary>Whatever is done to it, a store in a directory answers as the store in memory does.</summary>
public sealed class FileStoreModelTests
{
    // None is the prefix of another: that is the one thing in which the two may differ.
    private static readonly string[] Keys = ["a", "b/c", "b/d", "b.e", "b-f/g", "h/i/j", "h/i/k", "h/l", "ü/😀"];
    private static readonly string[] Prefixes = ["", "b/", "b-f/", "h/", "h/i/", "a/", "none/"];

    private static readonly Gen<Step> Steps = Gen.Select(
        Gen.OneOf("put", "put", "put", "delete", "delete", "read", "list", "tree"),
        Gen.OneOf(Keys),
        Gen.OneOf(Prefixes),
        Gen.OneOf("any", "absent", "current", "stale"),
        (verb, key, prefix, condition) => new Step(verb, key, prefix, condition)
    );

    [Fact]
    public async Task Random_operations_give_equal_results()
    {
        await Steps
            .Array[1, 40]
            .SampleAsync(
                async steps =>
                {
                    using var directory = TemporaryDirectory.InMemory();
                    var file = new Client(new FileStoreDriver(directory.Path + "/store", directory.Path, TimeProvider.System));
                    var memory = new Client(new MemoryStoreDriver(TimeProvider.System));
                    for (var i = 0; i < steps.Length; i++)
                        Assert.Equal(
                            $"{i} {steps[i]}: {await memory.DoAsync(steps[i], i)}",
                            $"{i} {steps[i]}: {await file.DoAsync(steps[i], i)}"
                        );
                },
                iter: 300
            );
    }

    private sealed record Step(string Verb, string Key, string Prefix, string Condition);

    /// <summary>One of the two stores, and the versions that it has given, which are its own.</summary>
    private sealed class Client(IStoreDriver driver)
    {
        private readonly Dictionary<string, List<ObjectVersion>> _versions = [];

        public async Task<string> DoAsync(Step step, int number)
        {
            switch (step.Verb)
            {
                case "put":
                    var body = ObjectBody.FromBytes(Encoding.UTF8.GetBytes(number.ToString(CultureInfo.InvariantCulture)));
                    var put = await driver.PutAsync(step.Key, body, Condition(step), CancellationToken.None);
                    if (put.Version is { } version)
                        Versions(step.Key).Add(version);
                    return put.Result.ToString();
                case "delete":
                    var condition = step.Condition == "absent" ? WriteCondition.Any : Condition(step);
                    return (await driver.DeleteAsync(step.Key, condition, CancellationToken.None)).Result.ToString();
                case "read":
                    var reader = await driver.OpenReadAsync(step.Key, CancellationToken.None);
                    var stat = await driver.StatAsync(step.Key, CancellationToken.None);
                    if (reader is null)
                        return $"absent {stat is null}";
                    var content = await ObjectContent.ReadAsync(reader, CancellationToken.None);
                    return $"{content.Text} {content.Info.Size} {stat!.Version == content.Version} "
                        + $"{Versions(step.Key)[^1] == content.Version}";
                default:
                    var rows = new StringBuilder();
                    await foreach (
                        var entry in driver.ListAsync(
                            step.Prefix,
                            step.Verb == "tree" ? ListDepth.Tree : ListDepth.Children,
                            CancellationToken.None
                        )
                    )
                        rows.Append(CultureInfo.InvariantCulture, $"{entry.Key} {entry.Object?.Size}\n");
                    return rows.ToString();
            }
        }

        private WriteCondition Condition(Step step) =>
            (step.Condition, Versions(step.Key)) switch
            {
                ("absent", _) => WriteCondition.IfAbsent,
                ("current", [.., var last]) => WriteCondition.IfMatch(last),
                ("stale", [var first, _, ..]) => WriteCondition.IfMatch(first),
                ("current" or "stale", _) => WriteCondition.IfMatch(new ObjectVersion("never")),
                _ => WriteCondition.Any,
            };

        private List<ObjectVersion> Versions(string key) => _versions.TryGetValue(key, out var versions) ? versions : _versions[key] = [];
    }
}
