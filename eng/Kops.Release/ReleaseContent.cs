using System.Diagnostics;
using System.Text;

namespace Kops.Release;

/// <summary>What every archive of the program holds: the program, its completions, its manual pages, licence and README.</summary>
internal sealed record ReleaseContent(
    ReleaseFile Program,
    IReadOnlyList<ReleaseFile> Completions,
    IReadOnlyList<ReleaseFile> ManPages,
    IReadOnlyList<ReleaseFile> Documents
)
{
    private static readonly string[] Shells = ["bash", "fish", "powershell", "zsh"];

    /// <summary>All of them, as they lie in a .tar.gz.</summary>
    public IEnumerable<ReleaseFile> Files =>
        [
            Program,
            .. Documents,
            .. Completions.Select(file => file.Below("completions/")),
            .. ManPages.Select(file => file.Below("man/man1/")),
        ];

    /// <summary>Asks the program for what is made from its table of commands.</summary>
    /// <param name="top">The source tree.</param>
    /// <param name="program">The native program.</param>
    public static ReleaseContent Gather(string top, string program)
    {
        var pages = Directory.CreateTempSubdirectory("kops-man-");
        try
        {
            Run(program, "man", pages.FullName);
            return new(
                new ReleaseFile("kops", File.ReadAllBytes(program), IsProgram: true),
                [.. Shells.Select(shell => new ReleaseFile($"kops.{shell}", Encoding.UTF8.GetBytes(Run(program, "completion", shell))))],
                [
                    .. pages
                        .EnumerateFiles()
                        .OrderBy(file => file.Name, StringComparer.Ordinal)
                        .Select(file => new ReleaseFile(file.Name, File.ReadAllBytes(file.FullName))),
                ],
                [
                    .. ((string[])["CHANGELOG.md", "LICENSE", "README.md"]).Select(name => new ReleaseFile(
                        name,
                        File.ReadAllBytes(Path.Combine(top, name))
                    )),
                ]
            );
        }
        finally
        {
            pages.Delete(recursive: true);
        }
    }

    private static string Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} failed");
    }
}
