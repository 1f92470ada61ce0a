using System.Diagnostics;
using System.Text;
using Xunit;

namespace Kops.Release.Tests.Packages;

/// <summary>A program that runs until it ends, or until this is disposed.</summary>
internal sealed class SampleProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _said = new();

    private SampleProcess(Process process) => _process = process;

    /// <summary>Runs a program to its end, which must be a good one.</summary>
    /// <returns>What it wrote.</returns>
    public static async Task<string> RunAsync(
        string program,
        IReadOnlyList<string> arguments,
        IReadOnlyDictionary<string, string> environment,
        CancellationToken cancellationToken
    )
    {
        await using var process = Start(program, arguments, environment);
        var errors = process._process.StandardError.ReadToEndAsync(cancellationToken);
        var output = await process._process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process._process.WaitForExitAsync(cancellationToken);
        Assert.True(process._process.ExitCode == 0, $"{program} ended with {process._process.ExitCode}:\n{output}{await errors}");
        return output;
    }

    /// <summary>Starts a program that goes on.</summary>
    public static SampleProcess Start(string program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return new SampleProcess(Process.Start(start)!);
    }

    /// <summary>Waits for a line that holds some text.</summary>
    public async Task<string> LineAsync(string part, CancellationToken cancellationToken)
    {
        while (await _process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            _said.AppendLine(line);
            if (line.Contains(part, StringComparison.Ordinal))
                return line;
        }

        throw new InvalidOperationException(
            $"it ended and never said '{part}':\n{_said}{await _process.StandardError.ReadToEndAsync(cancellationToken)}"
        );
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
