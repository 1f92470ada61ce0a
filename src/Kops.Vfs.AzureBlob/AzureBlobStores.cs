using Kops.Vfs.AzureBlob.Configuration;
using Kops.Vfs.AzureBlob.Objects;
using Kops.Vfs.Drivers;
using Kops.Vfs.Rest.Reading;

namespace Kops.Vfs.AzureBlob;

/// <summary>Containers of Azure Blob Storage: <c>azureblob://account/container/prefix</c>.</summary>
public static class AzureBlobStores
{
    /// <summary>How their paths are read; one driver for each account and container.</summary>
    public static DriverKind<AzureBlobOptions> Kind { get; } = new(["azureblob"], Locate);

    private static StorePlace<AzureBlobOptions> Locate(string path)
    {
        var address = StoreAddress.Parse(path, names: 2);
        var (account, container) = (address.Names[0], address.Names[1]);
        if ((AzureBlobNames.AccountProblem(account) ?? AzureBlobNames.ContainerProblem(container)) is { } problem)
            throw StoreAddress.Wrong(path, problem);
        return new(address.Text, address.Key, (options, clock) => new AzureBlobStoreDriver(account, container, options, clock));
    }
}
