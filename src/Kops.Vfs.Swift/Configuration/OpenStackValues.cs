using Kops.Vfs.Profiles;

namespace Kops.Vfs.Swift.Configuration;

/// <summary>Values by the names of OpenStack's variables, wherever they were found.</summary>
internal sealed class OpenStackValues(string path, string source, IReadOnlyDictionary<string, string> values)
{
    /// <summary>Where they were found, for messages.</summary>
    internal string Source => source;

    /// <summary>A value; null when it is not there or empty.</summary>
    internal string? Get(string name) => values.TryGetValue(name, out var value) && value.Trim() is { Length: > 0 } text ? text : null;

    /// <summary>These, and of some others those that are set.</summary>
    internal OpenStackValues Over(OpenStackValues others, params ReadOnlySpan<string> names)
    {
        var all = new Dictionary<string, string>(values, StringComparer.Ordinal);
        foreach (var name in names)
        {
            if (others.Get(name) is { } value)
                all[name] = value;
        }

        return new OpenStackValues(path, source, all);
    }

    internal Uri? Address(string name) =>
        Get(name) switch
        {
            null => null,
            var value when Uri.TryCreate(value, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http" && uri.Host.Length > 0 =>
                uri.UserInfo.Length == 0
                    ? uri
                    : throw Wrong(
                        $"{name} is '{ServerAddress.WithoutUser(value)}' with a user or a password, which no address here has: they would "
                            + $"be shown in messages. Write it without; OS_USERNAME and OS_PASSWORD are for them"
                    ),
            var value => throw Wrong(
                $"{name} is '{ServerAddress.WithoutUser(value)}', which is not an address; write for example "
                    + $"https://keystone.example.com:5000/v3"
            ),
        };

    internal bool Flag(string name, string value) =>
        value.ToUpperInvariant() switch
        {
            "1" or "TRUE" or "YES" or "ON" => true,
            "0" or "FALSE" or "NO" or "OFF" => false,
            _ => throw Wrong($"{name} is '{value}'; it can be true or false"),
        };

    internal StoreException Wrong(string problem) =>
        new(StoreErrorKind.InvalidArgument, "open", path, source == "the environment" ? problem : $"{problem} ({source})");

    internal StoreException Missing(string problem, string cure) =>
        new(StoreErrorKind.Unauthenticated, "open", path, $"{problem} in {source}; {cure}");
}
