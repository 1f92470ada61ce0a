using System.Diagnostics;
using Kops.Cli.Hosting;

namespace Kops.Cli.Editing;

/// <summary>
/// The user's editor: <c>KUBE_EDITOR</c>, <c>KOPS_EDITOR</c>, <c>EDITOR</c>, else vi. They may hold arguments: <c>code --wait</c>.
/// </summary>
internal static class Editor
{
    private static readonly string[] Variables = ["KUBE_EDITOR", "KOPS_EDITOR", "EDITOR"];

    /// <summary>Opens a file and waits until the editor is closed.</summary>
    /// <exception cref="CommandException">The editor cannot be started, or says that it failed.</exception>
    public static async Task OpenAsync(KopsHost host, string path, CancellationToken cancellationToken)
    {
        var editor = Variables.Select(host.Variable).FirstOrDefault(named => named is not null);
        if (editor is null && !host.Console.IsInputTerminal)
            throw CommandException.Usage(
                "there is no terminal for an editor; use --set and --unset, or name an editor in KUBE_EDITOR, KOPS_EDITOR or EDITOR"
            );
        var (program, arguments) = OperatingSystem.IsWindows()
            ? ("cmd", (string[])["/c", $"{editor ?? "notepad"} \"{path}\""])
            : ("/bin/sh", ["-c", $"{editor ?? "vi"} \"$1\"", "editor", path]);
        using var held = host.HoldInterrupts();
        var code = await ChildProcess.RunAsync(program, arguments, host.Environment, cancellationToken);
        if (code != 0)
            throw CommandException.Failed(
                $"the editor '{editor ?? "vi"}' failed with exit code {code}; KUBE_EDITOR or EDITOR names another one"
            );
    }
}
