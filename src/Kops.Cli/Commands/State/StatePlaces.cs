using Kops.Cli.CommandLine;
using Kops.Cli.Hosting;
using Kops.Vfs;

namespace Kops.Cli.Commands.State;

/// <summary>The places that commands on files are given.</summary>
internal static class StatePlaces
{
    /// <summary>The place that was written: an address, or a path below the state store; the state store itself when nothing was.</summary>
    public static VfsPath Place(this Invocation run, string? written) =>
        written switch
        {
            null or "" => run.State.Root,
            _ when written.Contains("://", StringComparison.Ordinal) || written[0] is '/' or '.' => run.Stores.Resolve(Trimmed(written)),
            _ => run.State.Root.Join(written.TrimEnd('/')),
        };

    /// <summary>The error for a place where nothing stands.</summary>
    public static CommandException NothingAt(VfsPath place) => CommandException.NotFound($"nothing stands at {place}");

    /// <summary>
    /// Whether nothing at a place is an answer, and not a mistake: a store may be empty, but a directory that was named should be there.
    /// </summary>
    public static bool MayBeEmpty(this Invocation run, VfsPath place) =>
        place.Key.Length == 0
        && (
            run.Arguments.Count == 0
            || place.Store.Driver.As<ILocalStore>() is not { } local
            || Directory.Exists(local.RealPathOf(string.Empty))
        );

    /// <summary>A name for people: what would end the line, or command their terminal, is shown as its code.</summary>
    public static string Shown(string name) =>
        name.Any(char.IsControl)
            ? string.Concat(name.Select(letter => char.IsControl(letter) ? $"\\x{(int)letter:x2}" : letter.ToString()))
            : name;

    /// <summary>The key of something below a place, relative to it; the last part of its name when it is the place itself.</summary>
    public static string Below(this VfsPath path, VfsPath place) =>
        path.Key.Length > place.Key.Length ? path.Key[ObjectKey.AsPrefix(place.Key).Length..] : path.Name;

    private static string Trimmed(string address) =>
        address.Length > 1 && address[^1] == '/' && !address.EndsWith("//", StringComparison.Ordinal) ? address[..^1] : address;
}
