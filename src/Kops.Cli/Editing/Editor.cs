using System.Diagnostics;
using Kops.Cli.Hosting;

namespace Kops.Cli.Editing;

/// <summary>The user's editor: <c>KOPS_EDITOR</c>, <c>EDITOR</c>, else vi. What they hold may have arguments: <c>code --wait</c>.</summary>
internal static class Editor
{
    /// <summary>Opens a file and waits until the editor is closed.</summary>
    /// <exception cref="CommandException">The editor cannot be started, or says that it failed.</exception>
    public static async Task OpenAsync(KopsHost host, string path, CancellationToken cancellationToken)
    {
        var editor = host.Variable("KOPS_EDITOR") ?? host.Variable("EDITOR");
        if (editor is null && !host.Console.IsInputTerminal)
            throw CommandException.Usage(
                "there is no terminal for an editor; use --set and --unset, or name an editor in KOPS_EDITOR or EDITOR"
            );
        var start = new ProcessStartInfo(OperatingSystem.IsWindows() ? "cmd" : "/bin/sh") { UseShellExecute = false };
        foreach (
            var argument in OperatingSystem.IsWindows()
                ? (string[])["/c", $"{editor ?? "notepad"} \"{path}\""]
                : ["-c", $"{editor ?? "vi"} \"$1\"", "editor", path]
        )
            start.ArgumentList.Add(argument);
        start.Environment.Clear();
        foreach (var (name, value) in host.Environment)
            start.Environment[name] = value;
        using var held = host.HoldInterrupts();
        using var process = Process.Start(start) ?? throw CommandException.Failed($"the editor '{editor ?? "vi"}' cannot be started");
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode != 0)
            throw CommandException.Failed(
                $"the editor '{editor ?? "vi"}' failed with exit code {process.ExitCode}; KOPS_EDITOR or EDITOR names another one"
            );
    }
}
