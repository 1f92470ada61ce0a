using Kops.Vfs.AzureBlob.Tests.Servers;
using Kops.Vfs.Conformance;
using Kops.Vfs.Drivers;
using Xunit;

namespace Kops.Vfs.AzureBlob.Tests.Conformance;

/// <summary>The suite that every store passes, on a real server.</summary>
public sealed class AzuriteConformance(AzureServer server) : StoreConformance
{
    [Fact]
    public void The_documentation_says_of_this_store_what_this_suite_shows() => CheckDocumentation("azureblob", "Azurite 3.37");

    protected override async ValueTask<StoreUnderTest> CreateAsync(CancellationToken cancellationToken)
    {
        var container = await server.CreateContainerAsync(cancellationToken);
        return new StoreUnderTest(server.Open(container))
        {
            OpenAnother = () => ValueTask.FromResult<IStoreDriver>(server.Open(container)),
        };
    }
}
