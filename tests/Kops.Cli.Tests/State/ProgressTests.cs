using System.Text;
using Kops.Cli.Hosting;
using Kops.Cli.Tests.Support;
using Kops.Vfs;
using Kops.Vfs.Drivers;
using Kops.Vfs.Files;
using Kops.Vfs.Layers;
using Kops.Vfs.Memory;
using Xunit;

namespace Kops.Cli.Tests.State;

/// <summary>How far a transfer is, while it is under way: the last of four files is only read once three have been shown.</summary>
public sealed class ProgressTests : IDisposable
{
    private readonly Desk _desk = new();
    private WatchedWriter _error = new("3/4 files");

    public void Dispose()
    {
        _desk.Dispose();
        _error.Dispose();
    }

    [Fact]
    public async Task A_terminal_has_one_line_with_a_bar_bytes_files_rate_and_time_left_which_goes_away()
    {
        var output = await CopyAsync(isTerminal: true);
        Assert.Equal("Copied 4 files (3.9 KiB), deleted 0; 0 files unchanged.\n", output);
        Assert.Matches(
            @"\r\e\[Kcopying \[#{15} {5}\] 3/4 files, 2\.9 KiB of 3\.9 KiB, [0-9.]+ [KMGi]*B/s, 0:00:00 left\r\e\[K",
            _error.ToString()
        );
        Assert.EndsWith("\r\e[K", _error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain('\n', _error.ToString());
    }

    /// <summary>The listing is far ahead of the copying: here nothing is copied before the last object is.</summary>
    [Fact]
    public async Task What_is_left_is_known_long_before_the_end()
    {
        _error.Dispose();
        _error = new WatchedWriter("/3000 files");
        await CopyAsync([.. Enumerable.Range(0, 3000).Select(i => $"last{i:d4}")], isTerminal: true, width: 0);
        Assert.Matches(@"copying \[ {20}\] 0/3000 files, 0 B of 2\.9 MiB", _error.ToString());
    }

    [Theory]
    [InlineData(30, @"copying 3/4 files, 2\.9 KiB of")]
    [InlineData(76, @"copying \[#{4,12} {1,4}\] 3/4 files, 2\.9 KiB of 3\.9 KiB, [0-9.]+ [KMGi]*B/s, 0:00:00 left")]
    public async Task A_line_is_never_wider_than_the_terminal_and_the_bar_makes_room_for_the_figures(int width, string line)
    {
        await CopyAsync(["a", "b", "c", "last"], isTerminal: true, width);
        Assert.Matches(line, _error.ToString());
        Assert.All(
            _error.ToString().Split("\r\e[K", StringSplitOptions.RemoveEmptyEntries),
            shown => Assert.InRange(shown.Length, 1, width - 1)
        );
    }

    [Fact]
    public async Task A_pipe_has_plain_lines()
    {
        var output = await CopyAsync(isTerminal: false);
        Assert.Equal("Copied 4 files (3.9 KiB), deleted 0; 0 files unchanged.\n", output);
        Assert.Matches(@"(?m)^copying 3/4 files, 2\.9 KiB of 3\.9 KiB, [0-9.]+ [KMGi]*B/s, 0:00:00 left$", _error.ToString());
        Assert.DoesNotContain('\e', _error.ToString());
        Assert.DoesNotContain('\r', _error.ToString());
    }

    [Fact]
    public async Task Programs_get_JSON_and_progress_apart_from_it()
    {
        var output = await CopyAsync(isTerminal: false, "-o", "json");
        Assert.StartsWith(
            """{"copied":4,"copiedBytes":4000,"unchanged":0,"deleted":0,"conflicts":[],"failures":[],"dryRun":false,"seconds":""",
            output,
            StringComparison.Ordinal
        );
        Assert.Contains("3/4 files", _error.ToString(), StringComparison.Ordinal);
    }

    private Task<string> CopyAsync(bool isTerminal, params string[] flags) =>
        CopyAsync(["a", "b", "c", "last"], isTerminal, width: 0, flags);

    private async Task<string> CopyAsync(string[] keys, bool isTerminal, int width, params string[] flags)
    {
        await using var memory = new MemoryStoreDriver(TimeProvider.System);
        foreach (var key in keys)
            await memory.PutAsync(key, ObjectBody.FromBytes(new byte[1000]), WriteCondition.Any, TestContext.Current.CancellationToken);
        var store = new Store("slow://store", new SlowDriver(memory, _error.Seen));
        using var output = new StringWriter();
        var host = new KopsHost(
            new KopsConsole(TextReader.Null, output, _error) { IsErrorTerminal = isTerminal, ErrorWidth = () => width },
            _desk.Environment,
            new HastyTime()
        );
        var program = new KopsProgram(
            host,
            access => new StoreRegistry().AddStandardStores(access.Time, _desk.Home, access.WrapLocal).Add("slow", _ => store.Root)
        );
        var code = await program.RunAsync(
            ["state", "copy", "slow://store", _desk.PathOf("copy"), .. flags],
            TestContext.Current.CancellationToken
        );
        Assert.True(code == 0, _error.ToString());
        return output.ToString();
    }

    /// <summary>Reads the last objects only when something has happened.</summary>
    private sealed class SlowDriver(IStoreDriver inner, Task seen) : StoreLayer(inner)
    {
        public override async ValueTask<ObjectReader?> OpenReadAsync(string key, CancellationToken cancellationToken)
        {
            if (key.StartsWith("last", StringComparison.Ordinal))
                await seen.WaitAsync(cancellationToken);
            return await base.OpenReadAsync(key, cancellationToken);
        }
    }

    /// <summary>Lets timers go off a hundred times as soon.</summary>
    private sealed class HastyTime : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, dueTime > TimeSpan.Zero ? dueTime / 100 : dueTime, period);
    }

    /// <summary>Says when a text was written.</summary>
    private sealed class WatchedWriter(string text) : TextWriter
    {
        private readonly StringBuilder _written = new();
        private readonly TaskCompletionSource _seen = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override Encoding Encoding => Encoding.UTF8;

        public Task Seen => _seen.Task;

        public override void Write(char value) => Write(value.ToString());

        public override void Write(string? value)
        {
            lock (_written)
                _written.Append(value);
            if (ToString().Contains(text, StringComparison.Ordinal))
                _seen.TrySetResult();
        }

        public override void WriteLine(string? value) => Write(value + "\n");

        public override string ToString()
        {
            lock (_written)
                return _written.ToString();
        }
    }
}
