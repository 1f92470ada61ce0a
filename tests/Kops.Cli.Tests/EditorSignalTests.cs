using System.Diagnostics;
using System.Globalization;
using Kops.Cli.Tests.Support;
using Xunit;

namespace Kops.Cli.Tests;

/// <summary>What is typed in an editor outlives the program that opened it, however that ends: as whole processes.</summary>
public sealed class EditorSignalTests : IDisposable
{
    private const string Name = DeskClusters.Name;
    private readonly Desk _desk = new();

    [Fact]
    public async Task Termination_names_the_file_and_leaves_it_to_the_editor_that_is_still_open()
    {
        using var process = await OpenAsync();

        await SignalAsync("-TERM", process.Id);
        var kept = await KeptAsync(process);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        var typed = await SaveAsync(kept);

        Assert.Equal(130, process.ExitCode);
        Assert.Contains("first", typed, StringComparison.Ordinal);
        Assert.Contains("later", typed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_is_killed_leaves_the_file_to_the_editor()
    {
        using var process = await OpenAsync();

        process.Kill();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        var typed = await SaveAsync(Assert.Single(Directory.GetFiles(_desk.PathOf("tmp"), "kops-edit-*")));

        Assert.Contains("later", typed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Termination_of_editor_and_program_at_once_names_the_file_with_what_was_saved()
    {
        using var process = await OpenAsync();
        var editor = int.Parse(await ReadAsync("open"), CultureInfo.InvariantCulture);

        await SignalAsync("-TERM", process.Id, editor);
        var kept = await KeptAsync(process);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.NotEqual(0, process.ExitCode);
        Assert.Contains("first", await File.ReadAllTextAsync(kept, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    public void Dispose() => _desk.Dispose();

    /// <summary>Starts to edit, with an editor that has saved once and waits before it saves again.</summary>
    private async Task<Process> OpenAsync()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "signals are sent as on Linux");
        await _desk.CreateAsync();
        _desk.Environment["TMPDIR"] = Directory.CreateDirectory(_desk.PathOf("tmp")).FullName;
        _desk.UseEditor(
            "echo '# first' >> \"$1\"; echo $$ > \"$HOME/opening\"; mv \"$HOME/opening\" \"$HOME/open\"; "
                + "while [ ! -e \"$HOME/saved\" ]; do sleep 0.1; done; echo '# later' >> \"$1\""
        );
        var start = new ProcessStartInfo(NativeBinary.AtHand, ["edit", "cluster", Name])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in _desk.Environment)
            start.Environment[name] = value;
        var process = Process.Start(start)!;
        while (!File.Exists(_desk.PathOf("open")))
            await Task.Delay(50, TestContext.Current.CancellationToken);
        return process;
    }

    /// <summary>The file that the program names. An editor that is still open keeps the stream from ending.</summary>
    private static async Task<string> KeptAsync(Process process)
    {
        const string Said = "What you typed is in ";
        while (await process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line.StartsWith(Said, StringComparison.Ordinal))
                return line[Said.Length..];
        }

        throw new InvalidOperationException("no file was named");
    }

    private async Task<string> SaveAsync(string kept)
    {
        _desk.Write("saved", string.Empty);
        while (true)
        {
            var text = await File.ReadAllTextAsync(kept, TestContext.Current.CancellationToken);
            if (text.Contains("later", StringComparison.Ordinal))
                return text;
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    private Task<string> ReadAsync(string file) => File.ReadAllTextAsync(_desk.PathOf(file), TestContext.Current.CancellationToken);

    private static async Task SignalAsync(string signal, params int[] processes)
    {
        using var kill = Process.Start("kill", [signal, .. processes.Select(id => id.ToString(CultureInfo.InvariantCulture))]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
    }
}
