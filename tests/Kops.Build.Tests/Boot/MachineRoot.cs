using System.Diagnostics;

namespace Kops.Build.Tests.Boot;

/// <summary>
/// A root of its own for a script, with the programs of this machine and directories that are thrown away: what it would do to a machine
/// can be looked at, and nothing is done to this one. It needs root.
/// </summary>
internal sealed class MachineRoot : IDisposable
{
    // What a script calls that would reach this machine, or is not on it.
    private static readonly string[] Stubs = ["sysctl", "systemctl", "systemd-machine-id-setup"];

    private const string Enter = """
        set -e
        for name in bin sbin lib lib64; do
          if [ -L "/$name" ]; then
            ln -sfn "$(readlink "/$name")" "$1/$name"
          elif [ -d "/$name" ]; then
            mkdir -p "$1/$name"
            mount --bind "/$name" "$1/$name"
          fi
        done
        mkdir -p "$1/usr" "$1/dev"
        mount --bind /usr "$1/usr"
        mount --bind /dev "$1/dev"
        exec chroot "$1" /usr/bin/env -i PATH=/stubs:/usr/bin:/bin HOME=/ /bin/bash /boot.sh
        """;

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("kops-machine-");

    public MachineRoot()
    {
        foreach (var folder in new[] { "stubs", "tmp", "etc/apt/apt.conf.d", "log" })
            Directory.CreateDirectory(PathOf(folder));
        foreach (var stub in Stubs)
            WriteProgram($"stubs/{stub}", $"#!/bin/sh\necho \"$@\" >> /log/{stub}\n");
    }

    public string PathOf(string path) => Path.Combine(_root.FullName, path);

    public string Read(string path) => File.ReadAllText(PathOf(path));

    /// <summary>Runs a script as the machine's first start does.</summary>
    public (int ExitCode, string Output) Run(string script)
    {
        File.WriteAllText(PathOf("boot.sh"), script);
        using var process = Process.Start(
            new ProcessStartInfo("unshare", ["--mount", "--", "/bin/bash", "-c", Enter, "enter", _root.FullName])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.Result);
    }

    /// <summary>Why there can be none here; null when there can.</summary>
    public static string? Missing()
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("unshare", ["--mount", "true"]) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0 ? null : "a root of one's own needs root, to mount";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "there is no unshare";
        }
    }

    public void Dispose() => _root.Delete(recursive: true);

    private void WriteProgram(string path, string text)
    {
        File.WriteAllText(PathOf(path), text);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(PathOf(path), (UnixFileMode)0b111_101_101);
    }
}
