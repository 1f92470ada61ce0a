using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Kops.Vfs.Rest.Reading;
using Kops.Vfs.Rest.Requests;
using YamlDotNet.RepresentationModel;

namespace Kops.Vfs.Kubernetes.Config;

/// <summary>The credentials of a user of a kubeconfig.</summary>
internal static class UserCredentials
{
    /// <summary>Makes what gives them. A certificate goes with the connection, beside a token or a password.</summary>
    internal static ICredentialSource Make(ConfigEntry? user, ConfigEntry cluster, TimeProvider clock)
    {
        if (user is null)
            return new FixedCredential(new KubeCredential { Origin = "no user" }, "name a user in the context");
        if (user.Map("auth-provider") is { } provider)
            throw new SignInException(
                $"{user.What} signs in with auth-provider '{ConfigEntry.Text(provider, "name")}', which Kubernetes has given up; write "
                    + $"the kubeconfig again, with an exec plugin"
            );
        if (user.Map("exec") is { } exec)
            return new ExecPlugin(Exec(user, exec, cluster), user.What, clock);
        var cure = $"get a new one, and write it into {user.File}";
        // As in kubectl, a file goes before a token beside it.
        if (user.Path("tokenFile") is { } file)
            return new TokenFile(file, $"the token file of {user.What}", $"renew the token in {file}", clock);
        var (certificates, authorization) = (Certificates(user), Authorization(user));
        var what =
            authorization is null && certificates.Count > 0 ? "the client certificate"
            : user.Text("token") is not null ? "the token"
            : authorization is not null ? "the password"
            : null;
        return new FixedCredential(
            new KubeCredential
            {
                Origin = what is null ? user.What : $"{what} of {user.What}",
                Authorization = authorization,
                Certificates = certificates,
            },
            what is null ? $"{user.What} has no credentials: give it a token, a certificate or an exec plugin" : cure
        );
    }

    /// <summary>Headers that ask to act as somebody else.</summary>
    /// <remarks>Source: Kubernetes documentation, "User impersonation".</remarks>
    internal static IEnumerable<(string Name, string Value)> Impersonation(ConfigEntry? user)
    {
        if (user?.Text("as") is not { } name)
            yield break;
        yield return ("Impersonate-User", name);
        if (user.Text("as-uid") is { } id)
            yield return ("Impersonate-Uid", id);
        foreach (var group in Scalars(ConfigEntry.Child(user.Node, "as-groups")))
            yield return ("Impersonate-Group", group);
        if (user.Map("as-user-extra") is not { } extra)
            yield break;
        foreach (var (key, values) in extra.Children)
        {
            foreach (var value in Scalars(values))
                yield return ($"Impersonate-Extra-{Uri.EscapeDataString(((YamlScalarNode)key).Value!)}", value);
        }
    }

    private static string? Authorization(ConfigEntry user) =>
        user.Text("token") is { } token ? "Bearer " + token
        : user.Text("username") is { } name ? "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{name}:{user.Text("password")}"))
        : null;

    private static X509Certificate2Collection Certificates(ConfigEntry user)
    {
        var (certificate, key) = (user.Content("client-certificate"), user.Content("client-key"));
        if (certificate is null && key is null)
            return [];
        if (certificate is null || key is null)
            throw new SignInException(
                $"{user.What} has a client {(key is null ? "certificate without its key" : "key without its certificate")}"
            );
        try
        {
            return Pem.Client(certificate, key);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw new SignInException($"the client certificate of {user.What} cannot be used: {e.Message}", cause: e);
        }
    }

    private static ExecOptions Exec(ConfigEntry user, YamlMappingNode exec, ConfigEntry cluster)
    {
        var command = ConfigEntry.Text(exec, "command") ?? throw new SignInException($"'exec' of {user.What} has no 'command'");
        // A path is relative to the kubeconfig; a bare name is looked for in PATH.
        if (command.Contains('/', StringComparison.Ordinal))
            command = Path.Combine(Path.GetDirectoryName(user.File) ?? string.Empty, command);
        var version = ConfigEntry.Text(exec, "apiVersion") ?? throw new SignInException($"'exec' of {user.What} has no 'apiVersion'");
        if (version is not ("client.authentication.k8s.io/v1" or "client.authentication.k8s.io/v1beta1"))
            throw new SignInException(
                $"'exec' of {user.What} speaks {version}; write client.authentication.k8s.io/v1 or v1beta1, and renew the program"
            );
        return new ExecOptions(
            command,
            [.. Scalars(ConfigEntry.Child(exec, "args"))],
            [
                .. (ConfigEntry.Child(exec, "env") as YamlSequenceNode ?? [])
                    .OfType<YamlMappingNode>()
                    .Select(pair => (ConfigEntry.Text(pair, "name") ?? string.Empty, ConfigEntry.Text(pair, "value") ?? string.Empty)),
            ],
            version,
            ConfigEntry.Text(exec, "installHint"),
            ConfigEntry.Text(exec, "interactiveMode") == "Always",
            ConfigEntry.Text(exec, "provideClusterInfo") == "true" ? ClusterJson.Write(cluster) : null
        );
    }

    private static IEnumerable<string> Scalars(YamlNode? node) =>
        (node as YamlSequenceNode ?? []).OfType<YamlScalarNode>().Select(item => item.Value ?? string.Empty);
}
