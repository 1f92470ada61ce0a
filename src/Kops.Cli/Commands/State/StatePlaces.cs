using Kops.Cli.CommandLine;
using Kops.StateStore;
using Kops.Vfs;

namespace Kops.Cli.Commands.State;

/// <summary>The places that commands on files are given.</summary>
internal static class StatePlaces
{
    /// <summary>The place that the first argument names; the state store itself when there is none.</summary>
    public static VfsPath Place(this Invocation run) => run.Place(run.Arguments.Count > 0 ? run.Arguments[0] : null);

    /// <summary>The place that was written: an address, or a path below the state store; the state store itself when nothing was.</summary>
    public static VfsPath Place(this Invocation run, string? written) =>
        written switch
        {
            null or "" => run.State.Root,
            // "s3:/bucket" and "arn:aws:s3:::bucket" are no paths below the store, but mistakes that are named.
            _ when written.Contains(":/", StringComparison.Ordinal) || written[0] is '/' or '.' => run.Stores.Resolve(Trimmed(written)),
            _ when written.StartsWith("arn:", StringComparison.Ordinal) => run.Stores.Resolve(written),
            _ => run.State.Root.Join(written.TrimEnd('/')),
        };

    /// <summary>The clusters of another state store.</summary>
    public static ClusterStore Clusters(this Invocation run, VfsPath root) =>
        new(root, run.Stores, run.Host.Time, run.Host.Author($"kops {run.Title}"), run.Host.Processes);

    /// <summary>A name for people: what would end the line, or command their terminal, is shown as its code.</summary>
    public static string Shown(string name) =>
        name.Any(char.IsControl)
            ? string.Concat(name.Select(letter => char.IsControl(letter) ? $"\\x{(int)letter:x2}" : letter.ToString()))
            : name;

    private static string Trimmed(string address) =>
        address.Length > 1 && address[^1] == '/' && !address.EndsWith("//", StringComparison.Ordinal) ? address[..^1] : address;
}
