using Kops.Cli.CommandLine;
using Kops.Cli.Hosting;
using Kops.Cli.Settings;
using Kops.StateStore.Files;

namespace Kops.Cli.Input;

/// <summary>
/// Files that the user names. Those of this machine are the user's own: links, pipes, <c>/dev/stdin</c> and mounts are read as any program
/// reads them. That links are not followed is a rule for a store's tree.
/// </summary>
internal static class UserFile
{
    private const string Scheme = "file://";

    /// <summary>What is piped in for <c>-</c>, else a file.</summary>
    /// <exception cref="CommandException">It is not there.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadInputAsync(Invocation run, string name, CancellationToken cancellationToken) =>
        name == "-"
            ? System.Text.Encoding.UTF8.GetBytes(
                await Task.Run(run.Host.Console.In.ReadToEnd, cancellationToken).WaitAsync(cancellationToken)
            ) // waiting for a terminal cannot be stopped, so it is left
            : await ReadAsync(run, name, cancellationToken);

    /// <summary>A file of the user's, on this machine, in any store or on the web.</summary>
    /// <exception cref="CommandException">It is not there.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(Invocation run, string name, CancellationToken cancellationToken)
    {
        if (WebFile.IsAddress(name))
            return await WebFile.ReadAsync(run.Host, name, WebFile.Limit, cancellationToken);
        if (name.StartsWith(Scheme, StringComparison.Ordinal) || !name.Contains("://", StringComparison.Ordinal))
            return await ReadLocalAsync(run, name, cancellationToken);
        var file = await StoredFile.ReadAsync(run.Stores.Resolve(name), cancellationToken);
        return file.Exists ? file.Bytes : throw CommandException.NotFound($"there is no file {name}");
    }

    private static async Task<byte[]> ReadLocalAsync(Invocation run, string name, CancellationToken cancellationToken)
    {
        var written = name.StartsWith(Scheme, StringComparison.Ordinal) ? name[Scheme.Length..] : name;
        var path = Path.GetFullPath(HomePath.Expand(written, run.Host.Home), run.Host.WorkingDirectory);
        if (Directory.Exists(path))
            throw CommandException.Failed($"{name} is a directory; name the files in it");
        try
        {
            // Waiting for whoever writes into a pipe cannot be stopped, so it is left.
            return await Task.Run(() => LimitedFile.Read(path), cancellationToken).WaitAsync(cancellationToken);
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            throw CommandException.NotFound($"there is no file {name}");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw CommandException.Failed($"{name} cannot be read: {failure.Message}", failure);
        }
    }
}
