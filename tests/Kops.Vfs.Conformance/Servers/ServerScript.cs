using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Kops.Vfs.Conformance.Servers;

/// <summary>
/// A server of <c>eng/servers </c> that runs until this is disposed, or this process ends: it holds the script's standard input.
/// </summary>
internal sealed class ServerScript : IAsyncDisposable
{
    private const int Skipped = 77;
    private readonly Process _process;

    private ServerScript(Process process, IReadOnlyDictionary<string, string> values) => (_process, Values) = (process, values);

    /// <summary>What the script said of the server: endpoint and keys.</summary>
    public IReadOnlyDictionary<string, string> Values { get; }

    /// <summary>Starts a server.</summary>
    /// <returns>The server, or the reason why this machine cannot run it.</returns>
    public static async Task<(ServerScript? Server, string? Reason)> StartAsync(string name)
    {
        var process = new Process
        {
            StartInfo = new ProcessStartInfo("bash", [Path.Combine(Root(), "eng", "servers", name + ".sh")])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        process.Start();
        var errors = process.StandardError.ReadToEndAsync();
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line == "READY")
                return (new ServerScript(process, values), null);
            if (line.Split('=', 2) is [var key, var value])
                values[key] = value;
        }

        await process.WaitForExitAsync();
        var (said, code) = ((await errors).Trim(), process.ExitCode);
        process.Dispose();
        return code == Skipped ? (null, said) : throw new InvalidOperationException($"eng/servers/{name}.sh failed: {said}");
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static string Root([CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "../../.."));
}
