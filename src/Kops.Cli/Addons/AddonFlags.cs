using Kops.Cli.CommandLine;
using Kops.Cli.Hosting;
using Kops.Cli.Settings;
using Kops.Operations.Addons;
using Kops.Operations.Updates;

namespace Kops.Cli.Addons;

/// <summary>
/// Where addons are made from: <c>--addons-source</c>, <c>KOPS_ADDONS_SOURCE</c>, the configuration files. <c>none</c> goes without, as
/// <c>--without-addons</c> does.
/// </summary>
internal static class AddonFlags
{
    private const string None = "none";
    private const string Variable = "KOPS_ADDONS_SOURCE";
    private const string Key = "kops_addons_source";

    private static readonly Flag<string?> Source = Flag.Text(
        "addons-source",
        "Source of kOps to make addons from: a directory, an archive (.tar.gz), or the https:// address of one; 'none' for none"
    ) with
    {
        Values = ValueSource.File,
    };

    private static readonly Flag<string?> Sha256 = Flag.Text(
        "addons-sha256",
        "SHA-256 that the source of addons must have; accepts one that has changed"
    );

    private static readonly Flag<bool> Without = Flag.Switch(
        "without-addons",
        "Keep addons as they are in the store, and go on without those that are not there"
    );

    /// <summary>Which source it is, and what it must be.</summary>
    public static IReadOnlyList<Flag> OfSource { get; } = [Source, Sha256];

    /// <summary>Those of commands that write.</summary>
    public static IReadOnlyList<Flag> All { get; } = [.. OfSource, Without];

    /// <summary>The options with what is said of addons; the source is read.</summary>
    /// <exception cref="CommandException">Flags contradict each other.</exception>
    /// <exception cref="Operations.OperationException">The source cannot be used.</exception>
    public static async Task<UpdateOptions> AddToAsync(Invocation run, UpdateOptions options, CancellationToken cancellationToken)
    {
        var isWithout = run.Get(Without);
        if (isWithout && run.Get(Source) is { Length: > 0 } and not None)
            throw CommandException.Usage($"--{Source.Name} and --{Without.Name} contradict each other; leave one out");
        var name = isWithout ? None : Find(run);
        if (name is null or None)
            return run.Get(Sha256) is null
                ? options with
                {
                    RequiresAddons = name is null,
                }
                : throw CommandException.Usage($"--{Sha256.Name} says what a source of addons must be, and --{Source.Name} names none");
        var opener = new SourceOpener(run.Host.Home is { } home ? Path.Combine(home, ".kops", "addons") : null)
        {
            Fetch = (address, token) => SourceDownload.ReadAsync(run.Host, address, token),
            Tell = run.Session.Tell,
        };
        return options with
        {
            RequiresAddons = true,
            AddonsSource = await opener.OpenAsync(PathOf(run, name), run.Get(Sha256), cancellationToken),
        };
    }

    private static string? Find(Invocation run) =>
        run.Get(Source) is { Length: > 0 } flag ? flag
        : run.Host.Variable(Variable) is { } variable ? variable
        : ConfigurationFile
            .Candidates(run.Host, run.Options.Config)
            .Select(file => file.ReadText(Key, "must be a directory, an archive (.tar.gz), or the https:// address of one"))
            .FirstOrDefault(text => text is not null);

    // One place has one name, whichever directory it is named from.
    private static string PathOf(Invocation run, string name)
    {
        const string Scheme = "file://";
        if (name.StartsWith(Scheme, StringComparison.Ordinal))
            name = name[Scheme.Length..];
        return name.Contains("://", StringComparison.Ordinal)
            ? name
            : Path.TrimEndingDirectorySeparator(Path.GetFullPath(HomePath.Expand(name, run.Host.Home), run.Host.WorkingDirectory));
    }
}
