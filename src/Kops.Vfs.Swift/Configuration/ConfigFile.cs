namespace Kops.Vfs.Swift.Configuration;

/// <summary>The file that kOps reads where the environment signs nobody in: sections of <c>name = value</c>.</summary>
/// <remarks>Source: kOps' behaviour: the section <c>Default</c> signs in, <c>Global</c> and <c>Swift</c> say the region.</remarks>
internal static class ConfigFile
{
    private static readonly (string Section, string Name, string Variable)[] Names =
    [
        ("Swift", "region", "OS_REGION_NAME"),
        ("Swift", "availability", "OS_INTERFACE"),
        ("Global", "region", "OS_REGION_NAME"),
        ("Default", "identity", "OS_AUTH_URL"),
        ("Default", "user", "OS_USERNAME"),
        ("Default", "user_id", "OS_USER_ID"),
        ("Default", "password", "OS_PASSWORD"),
        ("Default", "domain_id", "OS_DOMAIN_ID"),
        ("Default", "domain_name", "OS_DOMAIN_NAME"),
        ("Default", "tenant_id", "OS_PROJECT_ID"),
        ("Default", "tenant_name", "OS_PROJECT_NAME"),
    ];

    /// <returns>Null where there is no such file. One that is named must be there.</returns>
    internal static OpenStackValues? Read(string path, IReadOnlyDictionary<string, string> environment)
    {
        var named = environment.TryGetValue("OPENSTACK_CREDENTIAL_FILE", out var value) && value.Length > 0 ? value : null;
        var file =
            named ?? (environment.TryGetValue("HOME", out var home) && home.Length > 0 ? Path.Combine(home, ".openstack", "config") : null);
        if (file is null || (named is null && !File.Exists(file)))
            return null;
        string[] lines;
        try
        {
            lines = File.ReadAllLines(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreException(
                StoreErrorKind.InvalidArgument,
                "open",
                path,
                $"the file of credentials {file} cannot be read: {e.Message}; check OPENSTACK_CREDENTIAL_FILE",
                false,
                e
            );
        }

        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var section = string.Empty;
        foreach (var raw in lines)
        {
            var line = raw.Trim();
            if (line.Length == 0 || line[0] is '#' or ';')
                continue;
            if (line[0] == '[')
                section = line.Trim('[', ']').Trim();
            else if (line.Split('=', 2) is [var name, var text])
                values[$"{section}/{name.Trim()}"] = Unquote(text.Trim());
        }

        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (where, name, variable) in Names)
        {
            if (values.TryGetValue($"{where}/{name}", out var found) && found.Length > 0)
                variables[variable] = found;
        }

        return new OpenStackValues(path, file, variables);
    }

    private static string Unquote(string text) => text is ['"', .., '"'] or ['\'', .., '\''] ? text[1..^1] : text;
}
