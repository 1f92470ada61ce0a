using System.ComponentModel;
using Kops.Cli.CommandLine;
using Kops.Cli.Hosting;
using Kops.Cli.Settings;

namespace Kops.Cli.Fallback;

/// <summary>kOps' own program, which is handed what this one does not do, where the user has said where it is.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Source">Who says so, for people.</param>
internal sealed record OtherKops(string Path, string Source)
{
    /// <summary>How to have it, for those who do not.</summary>
    public const string Cure = $"name kOps' own program in {Variable}, and it is run in place of this one";

    private const string Variable = "KOPS_FALLBACK";
    private const string Key = "fallback";
    private const string StoreVariable = "KOPS_STATE_STORE";

    /// <summary>The program that <c>KOPS_FALLBACK </c> or a configuration file names; null for none.</summary>
    /// <exception cref="CommandException">It is not there, or is this program itself.</exception>
    public static OtherKops? Find(KopsHost host, GlobalOptions options)
    {
        if (host.Variable(Variable) is { } named)
            return At(named, Variable);
        foreach (var file in ConfigurationFile.Candidates(host, options.Config))
        {
            if (file.ReadText(Key, "must be the path of kOps' own program") is { } path)
                return At(path, $"{Key} of {file.Path}");
        }

        return null;
    }

    /// <summary>Runs it with a command line as it stands, and on the store that this program would have taken.</summary>
    /// <param name="host">What is outside of the program; its variables are handed on.</param>
    /// <param name="parsed">What the command line means.</param>
    /// <param name="arguments">Its words.</param>
    /// <param name="store">The address of the state store; null where none is named.</param>
    /// <param name="cancellationToken">Stops waiting for it.</param>
    /// <returns>Its exit code.</returns>
    /// <exception cref="CommandException">It cannot be started.</exception>
    public async Task<int> RunAsync(
        KopsHost host,
        ParsedCommand parsed,
        IReadOnlyList<string> arguments,
        string? store,
        CancellationToken cancellationToken
    )
    {
        var environment = new Dictionary<string, string>(host.Environment, StringComparer.Ordinal);
        if (store is not null && !parsed.Flags.Has(GlobalFlags.State))
            environment[StoreVariable] = store;
        await host.Console.Out.FlushAsync(cancellationToken);
        await host.Console.Error.WriteLineAsync($"kops {parsed.Spec.Path} is not here yet: running {Path} ({Source}).");
        try
        {
            return await ChildProcess.RunAsync(Path, arguments, environment, cancellationToken);
        }
        catch (Win32Exception e)
        {
            throw CommandException.Failed($"cannot run {Path} ({Source}): {e.Message}; correct it, or unset it");
        }
    }

    private static OtherKops At(string path, string source)
    {
        if (!path.Contains(System.IO.Path.DirectorySeparatorChar, StringComparison.Ordinal))
            throw CommandException.Failed(
                $"{source} must be the path of kOps' own program, such as /usr/local/bin/kops-go, and is '{path}'"
            );
        if (!File.Exists(path))
            throw CommandException.Failed($"{source} names {path}, which is not there; correct it, or unset it");
        return RealPath(path) == RealPath(Environment.ProcessPath)
            ? throw CommandException.Failed($"{source} names this program itself; name kOps' own, or unset it")
            : new OtherKops(path, source);
    }

    private static string? RealPath(string? path) =>
        path is null ? null : File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? System.IO.Path.GetFullPath(path);
}
