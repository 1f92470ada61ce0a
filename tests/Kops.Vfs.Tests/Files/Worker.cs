using System.Diagnostics;

namespace Kops.Vfs.Tests.Files;

/// <summary>A second process that works on a store.</summary>
internal sealed class Worker : IDisposable
{
    private readonly Process _process;

    private Worker(Process process) => _process = process;

    /// <summary>Starts one and waits until it is about to begin.</summary>
    public static async Task<Worker> StartAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Kops.Vfs.Worker"), arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        var worker = new Worker(Process.Start(start)!);
        if (await worker._process.StandardOutput.ReadLineAsync() != "ready")
            throw new InvalidOperationException("the worker did not start");
        return worker;
    }

    /// <summary>Lets it go.</summary>
    public void Go() => _process.StandardInput.WriteLine();

    /// <summary>Waits for the next thing that it says.</summary>
    public async Task<string?> NextAsync() => await _process.StandardOutput.ReadLineAsync();

    /// <summary>Kills it (SIGKILL) and gives what it said until then.</summary>
    public async Task<string[]> KillAsync()
    {
        _process.Kill();
        return await SaidAsync();
    }

    /// <summary>Waits for its end and gives what it said.</summary>
    public async Task<string[]> SaidAsync()
    {
        var said = await _process.StandardOutput.ReadToEndAsync();
        await _process.WaitForExitAsync();
        return said.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }
}
