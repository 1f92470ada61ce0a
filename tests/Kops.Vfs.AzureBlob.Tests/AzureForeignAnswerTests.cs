using Kops.Vfs.AzureBlob.Configuration;
using Kops.Vfs.Conformance.Errors;
using Kops.Vfs.Drivers;

namespace Kops.Vfs.AzureBlob.Tests;

/// <summary>A page in place of Azure Blob Storage.</summary>
public sealed class AzureForeignAnswerTests : StoreForeignAnswers
{
    protected override IStoreDriver Open(Uri server) =>
        new AzureBlobStoreDriver(
            "account",
            "container",
            new AzureBlobOptions { Endpoint = server, Key = new AzureSharedKey("c2VjcmV0") },
            TimeProvider.System
        );
}
