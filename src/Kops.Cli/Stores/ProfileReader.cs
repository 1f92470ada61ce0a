using Kops.Api;
using Kops.Api.Documents;
using Kops.Api.Validation;
using Kops.Cli.Hosting;
using Kops.Cli.Settings;
using Kops.Vfs.Profiles;

namespace Kops.Cli.Stores;

/// <summary>Reads <c>stores:</c> of a configuration file: strictly, with file and line for all that is wrong.</summary>
internal sealed class ProfileReader(string path)
{
    private const string Field = "stores";
    private const string Url = "url";
    private readonly List<Problem> _problems = [];

    /// <exception cref="CommandException">The file cannot be read.</exception>
    /// <exception cref="InvalidObjectException">It says something that is wrong; all of it is listed.</exception>
    public static IReadOnlyList<StoreProfile> Read(ConfigurationFile file)
    {
        if (file.Read() is not { } root || !root.Has(Field))
            return [];
        var reader = new ProfileReader(file.Path);
        var profiles = root[Field] is MappingNode stores
            ? stores.Keys.Select(name => reader.ReadProfile(name, stores)).OfType<StoreProfile>().ToList()
            : reader.Fail<List<StoreProfile>>(
                root.NamePosition(Field),
                Field,
                "must hold stores by name or address, such as 's3://bucket-a:'"
            ) ?? [];
        return reader._problems.Count == 0 ? profiles : throw new InvalidObjectException(file.Path, reader._problems);
    }

    private StoreProfile? ReadProfile(string name, MappingNode stores)
    {
        var (where, position) = ($"{Field}.{name}", stores.NamePosition(name));
        if (stores[name] is not MappingNode fields)
            return Fail<StoreProfile>(position, where, "must hold settings, such as 'endpoint: https://s3.example.com'");
        var url = name;
        if (fields[Url] is ScalarNode { Text.Length: > 0 } given)
            url = given.Text;
        if (name.Contains("://", StringComparison.Ordinal) && fields.Has(Url))
            return Fail<StoreProfile>(fields.NamePosition(Url), where, "has two addresses: the name is one already");
        var scheme = url[..Math.Max(0, url.IndexOf("://", StringComparison.Ordinal))];
        if (scheme.Length == 0)
            return Fail<StoreProfile>(position, where, $"says no address; write '{Url}: s3://bucket', or the address in place of the name");
        IEnumerable<StoreSetting> settings;
        if (scheme == "file")
            settings = GitSetting.All;
        else if (RemoteStores.KindOf(scheme) is { } kind)
            settings = kind.Settings.Concat(NetworkSettings.All);
        else
            return Fail<StoreProfile>(
                position,
                where,
                $"is of the scheme '{scheme}', which has no settings; those that have are file, {string.Join(", ", RemoteStores.Schemes)}"
            );
        var known = settings.ToDictionary(setting => setting.Key, StringComparer.Ordinal);
        var values = new Dictionary<string, ProfileValue>(StringComparer.Ordinal);
        Collect(fields, string.Empty, where, known, values);
        return new StoreProfile(name, url.TrimEnd('/'), Place(position), values);
    }

    private void Collect(
        MappingNode fields,
        string prefix,
        string where,
        Dictionary<string, StoreSetting> known,
        Dictionary<string, ProfileValue> values
    )
    {
        foreach (var name in fields.Keys)
        {
            var (key, position) = (prefix + name, fields.NamePosition(name));
            if (key == Url)
                continue;
            if (fields[name] is MappingNode inner && known.Keys.Any(other => other.StartsWith(key + ".", StringComparison.Ordinal)))
                Collect(inner, key + ".", where, known, values);
            else if (!known.ContainsKey(key))
                Fail<object>(
                    position,
                    $"{where}.{key}",
                    $"is not known; known here are {string.Join(", ", known.Keys.Order(StringComparer.Ordinal))}"
                );
            else if (fields[name] is ScalarNode { Kind: not ScalarKind.Null, Text: { Length: > 0 } text })
                values[key] = new ProfileValue(text, Place(position));
            else
                Fail<object>(position, $"{where}.{key}", "must have a value, and a single one");
        }
    }

    private string Place(SourcePosition? position) => position is { } at ? $"{path}:{at.Line}" : path;

    private T? Fail<T>(SourcePosition? position, string where, string problem)
        where T : class
    {
        _problems.Add(new Problem(where, problem) { Position = position });
        return null;
    }
}
