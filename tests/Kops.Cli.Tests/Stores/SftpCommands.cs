namespace Kops.Cli.Tests.Stores;

/// <summary>A server that is reached by SSH.</summary>
public sealed class SftpCommands(TestServers servers) : StoreCommands
{
    protected override async ValueTask<StoreAtHand> CreateAsync()
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
