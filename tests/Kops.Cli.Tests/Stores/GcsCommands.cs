namespace Kops.Cli.Tests.Stores;

/// <summary>Google Cloud Storage, with the key of a service account.</summary>
public sealed class GcsCommands(TestServers servers) : BucketCommands
{
    protected override string Hardened => "set set has has has set";

    protected override async ValueTask<StoreAtHand> CreateAsync()
    {
        var (bucket, server) = await servers.CreateGcsBucketAsync();
        var key = Path.Combine(server.Directory, bucket + ".json");
        await File.WriteAllTextAsync(key, server.Accounts.Owner.KeyFile(server.Address), Token);
        return new StoreAtHand(
            $"gs://{bucket}",
            new Dictionary<string, string> { ["KOPS_GS_ENDPOINT"] = server.Address.AbsoluteUri, ["GOOGLE_APPLICATION_CREDENTIALS"] = key }
        )
        {
            Secrets = ["PRIVATE KEY", "Bearer"],
            Profile = $"    endpoint: {server.Address}\n    credentials:\n      file: {key}\n",
        };
    }
}
