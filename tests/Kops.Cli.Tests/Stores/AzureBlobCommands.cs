namespace Kops.Cli.Tests.Stores;

/// <summary>Azure Blob Storage, with the account's key.</summary>
public sealed class AzureBlobCommands(TestServers servers) : BucketCommands
{
    protected override string Hardened => "set has has skipped skipped skipped";

    /// <summary>etcd-manager is told of the account by a variable, and not by the address.</summary>
    private protected override bool NamesTheStore(string key) => key.Contains("/manifests/etcd/", StringComparison.Ordinal);

    protected override async ValueTask<StoreAtHand> CreateAsync()
    {
        var (container, values) = await servers.CreateContainerAsync(Token);
        return new StoreAtHand(
            $"azureblob://{values["AZURE_ACCOUNT"]}/{container}",
            new Dictionary<string, string>
            {
                ["KOPS_AZURE_BLOB_ENDPOINT"] = values["AZURE_ENDPOINT"],
                ["AZURE_STORAGE_KEY"] = values["AZURE_KEY"],
            }
        )
        {
            Secrets = [values["AZURE_KEY"]],
            Profile = $"    endpoint: {values["AZURE_ENDPOINT"]}\n    credentials:\n      key: {values["AZURE_KEY"]}\n",
        };
    }
}
