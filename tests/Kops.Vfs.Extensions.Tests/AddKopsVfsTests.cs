using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Kops.Vfs.Extensions.Tests;

public sealed class AddKopsVfsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Places_are_services_by_name_and_two_of_one_store_share_it()
    {
        await using var services = new ServiceCollection()
            .AddKopsVfs(vfs => vfs.AddLocalStores().AddPlace("settings", "memfs://app/settings").AddPlace("everything", _ => "memfs://app"))
            .BuildServiceProvider();

        await services.GetRequiredKeyedService<VfsPath>("settings").Join("a.yaml").WriteTextAsync("a", WriteCondition.Any, Token);

        Assert.Equal("a", await services.GetRequiredKeyedService<VfsPath>("everything").Join("settings/a.yaml").ReadTextAsync(Token));
    }

    [Fact]
    public async Task Two_who_change_one_object_at_once_lose_nothing()
    {
        // <example>
        var collection = new ServiceCollection();
        collection.AddKopsVfs(vfs => vfs.AddLocalStores().AddPlace("counters", "memfs://app/counters"));
        await using var services = collection.BuildServiceProvider();
        var counter = services.GetRequiredKeyedService<VfsPath>("counters").Join("visits");
        await Task.WhenAll(
            Enumerable
                .Range(0, 5)
                .Select(_ =>
                    counter
                        .UpdateAsync(
                            old => Encoding.UTF8.GetBytes($"{(old is null ? 0 : int.Parse(Encoding.UTF8.GetString(old.Bytes.Span))) + 1}"),
                            cancellationToken: CancellationToken.None
                        )
                        .AsTask()
                )
        );
        // </example>

        Assert.Equal("5", await counter.ReadTextAsync(Token));
    }

    [Fact]
    public async Task The_options_of_a_driver_come_from_the_container_when_a_place_is_first_opened()
    {
        var asked = new List<string>();
        await using var services = new ServiceCollection()
            .AddSingleton(new Credentials("key"))
            .AddKopsVfs(vfs =>
                vfs.AddStores(
                        TestStores.Kind,
                        (provider, path) =>
                        {
                            asked.Add($"{path} {provider.GetRequiredService<Credentials>().Key}");
                            return new TestOptions();
                        }
                    )
                    .AddPlace("there", "test://bucket/there")
            )
            .BuildServiceProvider();

        Assert.Empty(asked);
        await services.GetRequiredKeyedService<VfsPath>("there").Join("x").WriteTextAsync("x", WriteCondition.Any, Token);

        Assert.Equal(["test://bucket/there key"], asked);
    }

    [Fact]
    public async Task Stores_are_closed_with_the_container()
    {
        var options = new TestOptions();
        var services = new ServiceCollection()
            .AddKopsVfs(vfs => vfs.AddStores(TestStores.Kind, (_, _) => options).AddPlace("there", "test://bucket"))
            .BuildServiceProvider();
        _ = services.GetRequiredKeyedService<VfsPath>("there");

        await services.DisposeAsync();

        Assert.True(options.IsClosed);
    }

    [Fact]
    public async Task Each_request_is_an_activity_with_its_outcome_and_children_of_it_find_it()
    {
        var ended = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == StoreTelemetry.Name,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = ended.Add,
        };
        ActivitySource.AddActivityListener(listener);
        await using var services = Memory();
        using var parent = new Activity("test").Start();

        await services.GetRequiredKeyedService<VfsPath>("place").Join("x").WriteTextAsync("x", WriteCondition.Any, Token);

        var put = Assert.Single(ended, activity => activity.TraceId == parent.TraceId && activity.DisplayName == "put memfs");
        Assert.Equal(parent.SpanId, put.ParentSpanId);
        Assert.Equal("ok", put.GetTagItem("kops.vfs.outcome"));
        Assert.Equal("memfs://app/place/x", put.GetTagItem("kops.vfs.path"));
    }

    [Fact]
    public async Task Each_request_is_measured_without_the_names_of_objects()
    {
        var measured = new List<KeyValuePair<string, object?>[]>();
        using var listener = new MeterListener
        {
            InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument.Name == StoreTelemetry.Duration)
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<double>(
            (_, _, tags, _) =>
            {
                lock (measured)
                    measured.Add(tags.ToArray());
            }
        );
        listener.Start();
        await using var services = Memory();

        await services.GetRequiredKeyedService<VfsPath>("place").Join("secret-name").WriteTextAsync("x", WriteCondition.Any, Token);

        Assert.Contains(measured, tags => tags.Contains(new("kops.vfs.operation", "put")) && tags.Contains(new("kops.vfs.outcome", "ok")));
        Assert.DoesNotContain(measured.SelectMany(tags => tags), tag => tag.Value is string text && text.Contains("secret-name"));
    }

    [Fact]
    public async Task Failures_are_warnings_in_the_log_and_other_requests_are_told_at_debug()
    {
        var lines = new Lines();
        await using var services = new ServiceCollection()
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Debug).AddProvider(lines))
            .AddKopsVfs(vfs =>
                vfs.AddStores(TestStores.Kind, (_, _) => new TestOptions { Fails = true }).AddPlace("there", "test://bucket")
            )
            .BuildServiceProvider();
        var there = services.GetRequiredKeyedService<VfsPath>("there");

        await Assert.ThrowsAsync<StoreException>(() => there.Join("x").WriteTextAsync("x", WriteCondition.Any, Token).AsTask());
        _ = await there.Join("y").StatAsync(Token);

        Assert.Contains(lines.Told, line => line.StartsWith("Warning Kops.Vfs: put test://bucket/x failed", StringComparison.Ordinal));
        Assert.Contains(lines.Told, line => line.StartsWith("Debug Kops.Vfs: stat test://bucket/y: absent", StringComparison.Ordinal));
    }

    [Fact]
    public void The_page_on_the_library_shows_the_example_that_is_run()
    {
        var page = Read("docs/library.md");
        var example = Read("tests/Kops.Vfs.Extensions.Tests/AddKopsVfsTests.cs").Split("// <example>")[1].Split("// </example>")[0];

        Assert.All(
            example.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0),
            line => Assert.Contains(line, page, StringComparison.Ordinal)
        );
    }

    private static string Read(string path, [CallerFilePath] string here = "") =>
        File.ReadAllText(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", path));

    private static ServiceProvider Memory() =>
        new ServiceCollection().AddKopsVfs(vfs => vfs.AddLocalStores().AddPlace("place", "memfs://app/place")).BuildServiceProvider();

    private sealed record Credentials(string Key);
}
