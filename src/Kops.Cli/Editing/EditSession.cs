using System.Text;
using Kops.Api;
using Kops.Cli.CommandLine;
using Kops.Cli.Hosting;

namespace Kops.Cli.Editing;

/// <summary>
/// Lets the user edit a text until it is accepted or given up. A text that is refused is opened again with the reasons on top; what was
/// typed stays in a file, which is named, whenever the session does not end well.
/// </summary>
internal sealed class EditSession(Invocation run, string subject)
{
    // A script that takes the place of an editor would go on for ever.
    private const int MostRounds = 10;

    /// <summary>Whether the text is accepted as it is: it is new.</summary>
    public bool MayStayAsItIs { get; init; }

    /// <summary>Edits a text.</summary>
    /// <param name="original">The text as it is.</param>
    /// <param name="accept">
    /// Uses the edited text. An <see cref="InvalidObjectException"/> opens it again; any other failure ends the session.
    /// </param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>Whether the edited text was accepted; false when nothing was changed.</returns>
    public async Task<bool> EditAsync(string original, Func<byte[], CancellationToken, Task> accept, CancellationToken cancellationToken)
    {
        var path = Path.Combine(Directory, $"kops-edit-{Guid.NewGuid():N}"[..18] + ".yaml");
        var (isEnded, isOpen) = (false, false);
        try
        {
            string? refused = null;
            IReadOnlyList<Problem> problems = [];
            for (var round = 1; ; round++)
            {
                await WriteAsync(
                    path,
                    string.Concat(Header(problems).Select(line => $"# {line}".TrimEnd() + '\n')) + (refused ?? original),
                    cancellationToken
                );
                isOpen = true;
                await Editor.OpenAsync(run.Host, path, cancellationToken);
                isOpen = false;
                if (!File.Exists(path))
                    throw CommandException.Failed(
                        "the editor took its file away, so nothing was changed; an editor that saves keeps the file"
                    );
                var edited = WithoutHeader(await File.ReadAllTextAsync(path, cancellationToken));
                if (string.IsNullOrWhiteSpace(edited) || (edited == original && !MayStayAsItIs))
                {
                    run.Out.WriteLine(
                        edited == original ? "Edit cancelled: no changes were made." : "Edit cancelled: the file was left empty."
                    );
                    isEnded = true;
                    return false;
                }

                if (edited == refused)
                    throw InFile(path, problems);
                try
                {
                    await accept(Encoding.UTF8.GetBytes(edited), cancellationToken);
                    isEnded = true;
                    return true;
                }
                catch (InvalidObjectException invalid) when (round < MostRounds)
                {
                    (refused, problems) = (edited, invalid.Problems);
                }
                catch (InvalidObjectException invalid)
                {
                    throw InFile(path, [.. invalid.Problems, new Problem(string.Empty, $"was not valid {MostRounds} times")]);
                }
            }
        }
        catch (Exception stopped) when (stopped is not OperationCanceledException)
        {
            isOpen = false;
            throw;
        }
        finally
        {
            // An editor that is still open, since this program is stopped before it, saves later.
            if (!isEnded && (isOpen || HoldsMoreThan(original, path)))
                run.Error.WriteLine($"What you typed is in {path}");
            else if (File.Exists(path))
                File.Delete(path);
        }
    }

    private string Directory => run.Host.Variable("TMPDIR") is { } named ? named : Path.GetTempPath();

    /// <summary>Whether somebody typed something: what we wrote ourselves need not be kept.</summary>
    private static bool HoldsMoreThan(string original, string path) =>
        File.Exists(path) && WithoutHeader(File.ReadAllText(path)) is var text && text != original && !string.IsNullOrWhiteSpace(text);

    /// <summary>The problems with the lines of the file that is kept.</summary>
    private static InvalidObjectException InFile(string path, IReadOnlyList<Problem> problems)
    {
        var above = File.ReadLines(path).TakeWhile(line => line.StartsWith('#')).Count();
        return new(
            path,
            [
                .. problems.Select(problem =>
                    problem.Position is { } position ? problem with { Position = position with { Line = position.Line + above } } : problem
                ),
            ]
        );
    }

    private async Task WriteAsync(string path, string text, CancellationToken cancellationToken)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            await using var file = new FileStream(path, options);
            await file.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw CommandException.Failed(
                $"no file for the editor can be written in {Directory}: {failure.Message}; TMPDIR names another directory",
                failure
            );
        }
    }

    private List<string> Header(IReadOnlyList<Problem> problems)
    {
        List<string> lines =
        [
            $"This is {subject}. Save and close the editor to change it; an empty file changes nothing.",
            "Leave these first lines as they are. What is not valid comes back here, with the reasons.",
        ];
        if (problems.Count > 0)
        {
            // Each reason is one line, so that the numbers of the lines below are known.
            var above = lines.Count + problems.Count + 2;
            lines.AddRange(["", "It was not accepted:"]);
            lines.AddRange(problems.Select(problem => "  " + Reason(problem, above + 1)));
        }

        lines.Add("");
        return lines;
    }

    private static string Reason(Problem problem, int above)
    {
        var place = problem.Position is { } position ? $"line {position.Line + above}: " : string.Empty;
        var path = string.Join(' ', new[] { problem.Subject, problem.Path }.Where(part => !string.IsNullOrEmpty(part)));
        return $"{place}{(path.Length > 0 ? $"{path}: " : string.Empty)}{problem.Message.ReplaceLineEndings(" ")}";
    }

    // Comments on top are ours. Further down a '#' may stand in a script.
    private static string WithoutHeader(string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        return string.Join('\n', lines.SkipWhile(line => line.StartsWith('#')));
    }
}
