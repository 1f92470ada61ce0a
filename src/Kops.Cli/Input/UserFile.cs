using Kops.Cli.CommandLine;
using Kops.Cli.Hosting;
using Kops.StateStore.Files;

namespace Kops.Cli.Input;

/// <summary>Files that the user names.</summary>
internal static class UserFile
{
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
            return await WebFile.ReadAsync(name, cancellationToken);
        var file = await StoredFile.ReadAsync(run.Stores.Resolve(name), cancellationToken);
        if (file.Exists)
            return file.Bytes;
        throw Directory.Exists(name)
            ? CommandException.Failed($"{name} is a directory; name the files in it")
            : CommandException.NotFound($"there is no file {name}");
    }
}
