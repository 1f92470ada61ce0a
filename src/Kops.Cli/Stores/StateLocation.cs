using Kops.Api.Values;
using Kops.Cli.Hosting;
using Kops.Cli.Settings;

namespace Kops.Cli.Stores;

/// <summary>Where clusters are kept, and who said so.</summary>
/// <param name="Address">The address as it was written, one slash at its end taken away.</param>
/// <param name="Source">Where it was written, for people.</param>
/// <param name="IsDefault">Whether nobody named one.</param>
internal sealed record StateLocation(string Address, string Source, bool IsDefault)
{
    private const string Variable = "KOPS_STATE_STORE";

    /// <summary>
    /// The first of <c>--state </c>, <c>KOPS_STATE_STORE </c>, the configuration files; else a directory in the user's home.
    /// </summary>
    /// <exception cref="CommandException">A configuration file that cannot be used, or nowhere to put a default.</exception>
    public static StateLocation Find(KopsHost host, GlobalOptions options, StoreAccess access)
    {
        if (options.State is { Length: > 0 } flag)
            return Named(flag, "--state", access);
        if (host.Variable(Variable) is { } variable)
            return Named(variable, Variable, access);
        foreach (var file in ConfigurationFile.Candidates(host, options.Config))
        {
            if (file.ReadStateStore() is { } store)
                return Named(store, file.Path, access);
        }

        return host.Home is { } home
            ? new($"file://{home.TrimEnd('/')}/.kops/state", "the default", IsDefault: true)
            : throw CommandException.Usage(
                $"no state store is named, and HOME, where the default would be, is not set; use --state or {Variable}"
            );
    }

    /// <summary>An address, or the name of a profile that has one.</summary>
    /// <exception cref="CommandException">It is neither.</exception>
    public static StateLocation Named(string text, string source, StoreAccess access)
    {
        text = HomePath.Expand(text, access.Host.Home);
        var address = text.Contains('/', StringComparison.Ordinal) ? text : access.Profiles.AddressOf(text);
        if (StoreAddress.FindMistake(address) is { } mistake)
            throw CommandException.Usage(
                $"{source}: {mistake}{(text.AsSpan().ContainsAny(":/") ? string.Empty : "; no profile has that name")}"
            );
        return new(
            address.EndsWith('/') && address.Length > 1 && !address.EndsWith("//", StringComparison.Ordinal) ? address[..^1] : address,
            source,
            IsDefault: false
        );
    }
}
