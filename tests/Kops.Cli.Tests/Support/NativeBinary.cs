using System.Diagnostics;
using Xunit;

namespace Kops.Cli.Tests.Support;

/// <summary>The published program, made once for each state of the sources.</summary>
internal static class NativeBinary
{
    private static readonly Lazy<Task<KopsRun>> Publishing = new(() =>
        new ProcessStartInfo(Path.Combine(Fixtures.Root, "eng", "publish.sh")).RunAsync()
    );

    /// <summary>Why there is none on this machine; null when there can be one.</summary>
    private static string? Obstacle =>
        !OperatingSystem.IsLinux() && !OperatingSystem.IsMacOS() ? "eng/publish.sh wants a Unix shell"
        : (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
            .Split(':')
            .Any(directory => File.Exists(Path.Combine(directory, "gcc")) || File.Exists(Path.Combine(directory, "clang")))
            ? null
        : "a native binary needs a C compiler as its linker (Debian: apt-get install gcc libc6-dev)";

    /// <summary>The program; the test is skipped where it cannot be made.</summary>
    public static async Task<string> PathAsync()
    {
        if (Obstacle is { } obstacle)
            Assert.Skip(obstacle);
        var run = await Publishing.Value;
        Assert.True(run.ExitCode == 0, run.Error);
        return PathOf(run);
    }

    private static string PathOf(KopsRun published) => published.Out.Trim().Split('\n')[^1];

    /// <summary>
    /// The program as it was built, in its own folder: the one beside the tests lacks what the tests' frameworks bring along.
    /// </summary>
    public static string Built { get; } =
        Path.GetFullPath(
            Path.Combine(
                AppContext.BaseDirectory,
                "..",
                "..",
                "Kops.Cli",
                Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)),
                "kops"
            )
        );

    /// <summary>The native program, else the built one: it starts slower and does the same.</summary>
    public static async Task<string> PathOrBuiltAsync() => Obstacle is null ? await PathAsync() : Built;

    /// <summary>
    /// The native program once it is made, else the built one: for tests that run many processes and do not want to wait for it. Both do
    /// the same.
    /// </summary>
    public static string AtHand =>
        Obstacle is null && Publishing.Value is { IsCompletedSuccessfully: true, Result: { ExitCode: 0 } made } ? PathOf(made) : Built;

    /// <summary>Runs a process to its end.</summary>
    public static async Task<KopsRun> RunAsync(this ProcessStartInfo start)
    {
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new KopsRun(process.ExitCode, output, await error);
    }
}
