namespace Kops.Cli.Tests.Stores;

/// <summary>Makes empty directories on a server that is reached by SSH.</summary>
internal static class SftpStores
{
    public static async ValueTask<StoreAtHand> CreateAsync(TestServers servers)
    {
        var values = await servers.StartAsync("sshd");
        return new StoreAtHand(
            $"ssh://{values["SSH_USER"]}@127.0.0.1:{values["SSH_PORT"]}{values["SSH_ROOT"]}/{TestServers.NewName()}",
            new Dictionary<string, string>
            {
                ["KOPS_SSH_KEY"] = values["SSH_KEY_ENCRYPTED"],
                ["KOPS_SSH_PASSPHRASE"] = values["SSH_PASSPHRASE"],
                ["KOPS_SSH_KNOWN_HOSTS"] = values["SSH_KNOWN_HOSTS"],
            }
        )
        {
            Secrets = [values["SSH_PASSPHRASE"]],
            Profile = $"    credentials: {{key: {values["SSH_KEY"]}}}\n    knownHosts: {values["SSH_KNOWN_HOSTS"]}\n",
        };
    }
}
