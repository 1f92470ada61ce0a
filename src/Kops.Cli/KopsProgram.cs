using Kops.Cli.CommandLine;
using Kops.Cli.Commands;
using Kops.Cli.Fallback;
using Kops.Cli.Hosting;
using Kops.Cli.Stores;
using Kops.Cli.WordCompletion;
using Kops.Model.Flags;
using Kops.Vfs;

namespace Kops.Cli;

/// <summary>The program without its process: tests run whole commands through it.</summary>
/// <param name="host">What is outside of the program.</param>
/// <param name="openStores">Makes the registry of stores; it is closed when the command ends.</param>
internal sealed class KopsProgram(KopsHost host, Func<StoreAccess, StoreRegistry> openStores)
{
    public async Task<int> RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        var code = await RunToEndAsync(arguments, cancellationToken);
        try
        {
            // Asynchronous writing to a console would start the thread pool for it.
            host.Console.Out.Flush();
            return code;
        }
        catch (Exception unwritten) when (unwritten is IOException or UnauthorizedAccessException)
        {
            if (code == ExitCode.Done)
                host.Console.Error.WriteLine(
                    $"Error: cannot write the output: {(unwritten.InnerException ?? unwritten).Message}. What was done stays done"
                );
            return code == ExitCode.Done ? ExitCode.Failed : code;
        }
    }

    private async Task<int> RunToEndAsync(string[] arguments, CancellationToken cancellationToken)
    {
        var verbosity = 0;
        try
        {
            if (arguments is [WordRequest.Word or WordRequest.PlainWord, .. var words])
                return await WordRequest.AnswerAsync(
                    host,
                    openStores,
                    CommandTable.All,
                    words,
                    arguments[0] == WordRequest.PlainWord,
                    cancellationToken
                );
            if (arguments is ["--version"])
                arguments = [VersionCommand.Spec.Path];
            var parser = new CommandParser(CommandTable.NamedIn(arguments)) { All = static () => CommandTable.All, Home = host.Home };
            var parsed = parser.Parse(arguments);
            verbosity = GlobalFlags.Read(parsed.Flags).Verbosity;
            return await RunAsync(parser, parsed, arguments, cancellationToken);
        }
#pragma warning disable CA1031 // The one place where everything ends up.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            FlushWhatCanBe();
            return ErrorReport.Write(host.Console.Error, failure, verbosity);
        }
    }

    /// <summary>What was written before a failure is seen before it; where it cannot be written, that is the failure.</summary>
    private void FlushWhatCanBe()
    {
        try
        {
            host.Console.Out.Flush();
        }
        catch (Exception unwritten) when (unwritten is IOException or UnauthorizedAccessException) { }
    }

    private async Task<int> RunAsync(
        CommandParser parser,
        ParsedCommand parsed,
        IReadOnlyList<string> arguments,
        CancellationToken cancellationToken
    )
    {
        var spec = parsed.Spec;
        var missing =
            spec.Instead is { } instead ? $"kops {spec.Path} is not supported yet; {instead}"
            : parsed.Flags.Given.FirstOrDefault(flag => flag.Instead is not null) is { } early
                ? $"--{early.Name} of kops {spec.Path} is not supported yet, and nothing was done; {early.Instead}"
            : null;
        if (missing is not null && OtherKops.Find(host, GlobalFlags.Read(parsed.Flags)) is { } other)
            return await other.RunAsync(host, parsed, arguments, StoreOf(parsed), cancellationToken);
        if (parsed.Flags.Get(GlobalFlags.Help) || spec is { Run: null, Instead: null })
        {
            new HelpText(host.Console.Out, host.Console.OutputWidth()).Write(
                spec,
                CommandTable.All,
                [.. parser.FlagsOf(spec)],
                isWhole: parsed.Arguments is [.., HelpText.Everything]
            );
            return ExitCode.Done;
        }

        if (missing is not null)
            throw CommandException.Failed($"{missing} ({OtherKops.Cure})");
        if (parsed.Flags.Get(GlobalFlags.Config) is { Length: > 0 } config && !File.Exists(config))
            throw Directory.Exists(config)
                ? CommandException.Failed($"{config} (--{GlobalFlags.Config.Name}) is a directory; name the file in it")
                : CommandException.NotFound($"there is no file {config} (--{GlobalFlags.Config.Name})");
        var features = FeatureFlags.Parse(host.Variable("KOPS_FEATURE_FLAGS"));
        if (parsed.Flags.Given.FirstOrDefault(flag => flag.Feature is { } feature && !features.IsOn(feature)) is { } experimental)
            throw CommandException.Usage($"--{experimental.Name} is experimental: set KOPS_FEATURE_FLAGS={experimental.Feature} to use it");
        // In the words of kOps' command line, which scripts may look for.
        foreach (var flag in parsed.Flags.Given.Where(flag => flag.Deprecated is not null))
            host.Console.Error.WriteLine($"Flag --{flag.Name} has been deprecated, {flag.Deprecated}");
        foreach (var (name, flag) in parsed.Flags.OldNames)
            host.Console.Error.WriteLine($"Flag --{name} has been deprecated, use --{flag.Name} instead");
        foreach (var flag in parsed.Flags.Given.Intersect(spec.Flags))
            flag.Check(parsed.Flags);
        await using var run = new Invocation(host, parsed, openStores, Sessions.Open);
        return await spec.Run!(run, cancellationToken);
    }

    /// <summary>The state store that is named, by its address; null for none.</summary>
    private string? StoreOf(ParsedCommand parsed)
    {
        var options = GlobalFlags.Read(parsed.Flags);
        var location = StateLocation.Find(host, options, new StoreAccess(host, options));
        return location.IsDefault ? null : location.Address;
    }
}
