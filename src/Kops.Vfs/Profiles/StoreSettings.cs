using System.Globalization;

namespace Kops.Vfs.Profiles;

/// <summary>
/// What a user has said of the store of one path: in its profile, or else in the environment. A store that has a profile is described by
/// it alone, so that variables that are meant for another store do no harm to it.
/// </summary>
/// <param name="path">What the user wrote, for messages.</param>
/// <param name="environment">The process' environment.</param>
/// <param name="profile">The store's profile; null for none.</param>
public sealed class StoreSettings(string path, IReadOnlyDictionary<string, string> environment, StoreProfile? profile = null)
{
    /// <summary>What the user wrote.</summary>
    public string Path => path;

    /// <summary>What the command line says, by the settings' keys: it goes before profile and environment.</summary>
    public IReadOnlyDictionary<string, ProfileValue> Given { get; init; } = new Dictionary<string, ProfileValue>(StringComparer.Ordinal);

    /// <summary>Whether the store has a profile.</summary>
    public bool HasProfile => profile is not null;

    /// <summary>A value without its blanks; null when nobody said anything.</summary>
    public string? Get(StoreSetting setting) => Find(setting).Text;

    /// <summary>A variable that the machine or its tools set, which is no matter of one store; null when it is unset or empty.</summary>
    public string? Variable(string name) => environment.GetValueOrDefault(name)?.Trim() is { Length: > 0 } text ? text : null;

    /// <summary>
    /// The environment as a tool of the store's makers should find it: with the profile's values in the variables of their settings. Where
    /// the profile
    /// names credentials, the other variables of that family are meant for another store, and are left out.
    /// </summary>
    /// <param name="settings">What can be said of the store; the first variable of each is the one that is set.</param>
    /// <param name="family">How the names of the tool's variables begin.</param>
    public IReadOnlyDictionary<string, string> EnvironmentWith(IReadOnlyList<StoreSetting> settings, string family)
    {
        if (profile is null)
            return environment;
        var prefix = profile.Values.GetValueOrDefault(NetworkSettings.EnvironmentPrefix.Key)?.Text.Trim();
        var own = prefix is not null || settings.Any(setting => setting.IsCredential && profile.Values.ContainsKey(setting.Key));
        var result = environment
            .Where(variable => !own || !variable.Key.StartsWith(family, StringComparison.Ordinal))
            .ToDictionary(StringComparer.Ordinal);
        if (prefix is not null)
        {
            foreach (var (name, value) in environment.Where(variable => variable.Key.StartsWith(prefix + family, StringComparison.Ordinal)))
                result[name[prefix.Length..]] = value;
        }

        foreach (var setting in settings)
        {
            if (profile.Values.TryGetValue(setting.Key, out var value))
                result[setting.Variables[0]] = value.Text;
        }

        return result;
    }

    /// <summary>How a setting is called where it was said, or would be: a variable, or a key with its file and line.</summary>
    public string NameOf(StoreSetting setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        if (Find(setting).Source is { } source)
            return source;
        return profile is null ? setting.Variables.FirstOrDefault() ?? setting.Key : $"{setting.Key} ({profile.Place})";
    }

    /// <summary>One of a few words.</summary>
    /// <exception cref="StoreException">It is none of them.</exception>
    public string? OneOf(StoreSetting setting, IEnumerable<string> words) =>
        Get(setting) is not { } value || words.Contains(value, StringComparer.Ordinal)
            ? Get(setting)
            : throw Wrong($"{NameOf(setting)} is '{value}', which is none of {string.Join(", ", words)}");

    /// <summary>Yes or no.</summary>
    /// <exception cref="StoreException">It is neither <c>true</c> nor <c>false</c>.</exception>
    public bool? Flag(StoreSetting setting) => OneOf(setting, ["true", "false"]) is { } word ? word == "true" : null;

    /// <summary>An address of a server.</summary>
    /// <param name="setting">The setting.</param>
    /// <param name="scheme">The scheme of an address that is written without one.</param>
    /// <param name="example">An address that would do, for the message.</param>
    /// <exception cref="StoreException">It is no address.</exception>
    public Uri? Address(StoreSetting setting, string scheme, string example)
    {
        var uri = AddressWithUser(setting, scheme, example);
        return uri is null or { UserInfo.Length: 0 }
            ? uri
            : throw Wrong(
                $"{NameOf(setting)} is '{ServerAddress.WithoutUser(Get(setting)!)}' with a user or a password, which no address here has: "
                    + $"they would be shown in messages. Write it without, such as {example}; credentials have settings of their own"
            );
    }

    /// <summary>An address of a server that may have a user and a password in it, as those of proxies have.</summary>
    /// <inheritdoc cref="Address"/>
    public Uri? AddressWithUser(StoreSetting setting, string scheme, string example)
    {
        if (Get(setting) is not { } value)
            return null;
        var text = value.Contains("://", StringComparison.Ordinal) ? value : $"{scheme}://{value}";
        return
            Uri.TryCreate(text, UriKind.Absolute, out var uri)
            && uri.Scheme is "https" or "http"
            && uri.Host.Length > 0
            && uri.Query.Length == 0
            ? uri
            : throw Wrong(
                $"{NameOf(setting)} is '{ServerAddress.WithoutUser(value)}', which is not an address; write for example " + example
            );
    }

    /// <summary>The error for a value that is wrong.</summary>
    public StoreException Wrong(string problem) => new(StoreErrorKind.InvalidArgument, "open", path, problem);

    /// <summary>A time, said in seconds.</summary>
    /// <exception cref="StoreException">It is none, or longer than a day.</exception>
    public TimeSpan? Seconds(StoreSetting setting)
    {
        if (Get(setting) is not { } text)
            return null;
        return
            double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
            && seconds is > 0 and <= 86_400
            ? TimeSpan.FromSeconds(seconds)
            : throw Wrong($"{NameOf(setting)} is '{text}', which is not a number of seconds; write for example 30");
    }

    /// <summary>A number from 0 to 1000.</summary>
    /// <exception cref="StoreException">It is none.</exception>
    public int? Number(StoreSetting setting)
    {
        if (Get(setting) is not { } text)
            return null;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= 1000
            ? number
            : throw Wrong($"{NameOf(setting)} is '{text}', which is not a number from 0 to 1000");
    }

    private (string? Text, string? Source) Find(StoreSetting setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        if (Given.TryGetValue(setting.Key, out var given))
            return (given.Text, given.Place);
        if (profile is null)
            return FirstOf(setting.Variables, string.Empty);
        if (profile.Values.TryGetValue(setting.Key, out var value) && value.Text.Trim() is { Length: > 0 } text)
            return (text, $"{setting.Key} ({value.Place})");
        return setting.IsCredential && profile.Values.TryGetValue(NetworkSettings.EnvironmentPrefix.Key, out var prefix)
            ? FirstOf(setting.Variables, prefix.Text.Trim())
            : default;
    }

    private (string? Text, string? Source) FirstOf(IEnumerable<string> variables, string prefix)
    {
        foreach (var name in variables)
        {
            if (Variable(prefix + name) is { } text)
                return (text, prefix + name);
        }

        return default;
    }
}
