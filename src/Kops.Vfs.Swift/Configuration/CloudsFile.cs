using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Kops.Vfs.Swift.Configuration;

/// <summary>A cloud of <c>clouds.yaml</c>, with what <c>secure.yaml</c> beside it adds.</summary>
/// <remarks>Source: openstacksdk, "Configuring OpenStack SDK Applications".</remarks>
internal static class CloudsFile
{
    /// <summary>Members of a cloud, and of its <c>auth</c>, by the variables that mean the same.</summary>
    private static readonly (string Member, string Variable)[] Members =
    [
        ("auth_url", "OS_AUTH_URL"),
        ("username", "OS_USERNAME"),
        ("user_id", "OS_USER_ID"),
        ("password", "OS_PASSWORD"),
        ("token", "OS_TOKEN"),
        ("user_domain_id", "OS_USER_DOMAIN_ID"),
        ("user_domain_name", "OS_USER_DOMAIN_NAME"),
        ("domain_id", "OS_DOMAIN_ID"),
        ("domain_name", "OS_DOMAIN_NAME"),
        ("default_domain", "OS_DEFAULT_DOMAIN_ID"),
        ("project_id", "OS_PROJECT_ID"),
        ("project_name", "OS_PROJECT_NAME"),
        ("tenant_id", "OS_TENANT_ID"),
        ("tenant_name", "OS_TENANT_NAME"),
        ("project_domain_id", "OS_PROJECT_DOMAIN_ID"),
        ("project_domain_name", "OS_PROJECT_DOMAIN_NAME"),
        ("application_credential_id", "OS_APPLICATION_CREDENTIAL_ID"),
        ("application_credential_name", "OS_APPLICATION_CREDENTIAL_NAME"),
        ("application_credential_secret", "OS_APPLICATION_CREDENTIAL_SECRET"),
        ("region_name", "OS_REGION_NAME"),
        ("interface", "OS_INTERFACE"),
        ("endpoint_type", "OS_INTERFACE"),
        ("cacert", "OS_CACERT"),
        ("auth_type", "OS_AUTH_TYPE"),
        ("object_store_endpoint_override", "OS_STORAGE_URL"),
    ];

    internal static OpenStackValues Read(string path, string cloud, IReadOnlyDictionary<string, string> environment)
    {
        var candidates = Candidates(environment).ToList();
        if (candidates.Find(File.Exists) is not { } file)
            throw Wrong($"OS_CLOUD is '{cloud}', but there is no clouds.yaml; looked for {string.Join(", ", candidates)}", null);
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var known = Clouds(file);
        if (Child(known, cloud) is not YamlMappingNode wanted)
        {
            var names = string.Join(", ", known?.Children.Keys.Select(name => name.ToString()) ?? []);
            throw Wrong($"OS_CLOUD is '{cloud}', which is not a cloud of {file}; it has {(names.Length > 0 ? names : "none")}", null);
        }

        if (Child(wanted, "profile") is not null && Child(Child(wanted, "auth"), "auth_url") is null)
            throw Wrong(
                $"the cloud '{cloud}' of {file} takes its addresses from a vendor's profile, which is not supported; write auth_url "
                    + $"into it",
                null
            );
        Take(wanted, values);
        var secure = Path.Combine(Path.GetDirectoryName(file) ?? string.Empty, "secure.yaml");
        if (File.Exists(secure) && Child(Clouds(secure), cloud) is YamlMappingNode secrets)
            Take(secrets, values);
        return new OpenStackValues(path, $"the cloud '{cloud}' of {file}", values);

        YamlMappingNode? Clouds(string name)
        {
            try
            {
                using var text = new StringReader(File.ReadAllText(name));
                var yaml = new YamlStream();
                yaml.Load(text);
                return yaml.Documents.Count == 0 ? null : Child(yaml.Documents[0].RootNode, "clouds") as YamlMappingNode;
            }
            catch (YamlException e)
            {
                throw Wrong($"{name} is not YAML: line {e.Start.Line}: {e.Message}", e);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw Wrong($"{name} cannot be read: {e.Message}", e);
            }
        }

        StoreException Wrong(string problem, Exception? cause) => new(StoreErrorKind.InvalidArgument, "open", path, problem, false, cause);
    }

    private static IEnumerable<string> Candidates(IReadOnlyDictionary<string, string> environment)
    {
        if (environment.TryGetValue("OS_CLIENT_CONFIG_FILE", out var named) && named.Length > 0)
        {
            yield return named;
            yield break;
        }

        yield return Path.GetFullPath("clouds.yaml");
        if (environment.TryGetValue("XDG_CONFIG_HOME", out var configuration) && configuration.Length > 0)
            yield return Path.Combine(configuration, "openstack", "clouds.yaml");
        else if (environment.TryGetValue("HOME", out var home) && home.Length > 0)
            yield return Path.Combine(home, ".config", "openstack", "clouds.yaml");
        yield return "/etc/openstack/clouds.yaml";
    }

    private static void Take(YamlMappingNode cloud, Dictionary<string, string> values)
    {
        foreach (var node in (YamlNode?[])[cloud, Child(cloud, "auth")])
        {
            foreach (var (member, variable) in Members)
            {
                if (Child(node, member) is YamlScalarNode { Value: { Length: > 0 } value })
                    values[variable] = value;
            }
        }

        // "verify: false" asks for it.
        if (Child(cloud, "verify") is YamlScalarNode { Value: { } verify })
            values["OS_INSECURE"] = verify.ToUpperInvariant() is "FALSE" or "NO" or "0" ? "true" : "false";
    }

    private static YamlNode? Child(YamlNode? node, string name) =>
        node is YamlMappingNode mapping && mapping.Children.TryGetValue(new YamlScalarNode(name), out var child) ? child : null;
}
