using Kops.Vfs.Conformance.Errors;
using Kops.Vfs.Drivers;
using Kops.Vfs.S3.Configuration;

namespace Kops.Vfs.S3.Tests;

/// <summary>A page in place of S3.</summary>
public sealed class S3ForeignAnswerTests : StoreForeignAnswers
{
    protected override IStoreDriver Open(Uri server) =>
        new S3StoreDriver(
            "bucket",
            "s3://bucket",
            S3Presets.Compatible with
            {
                Endpoint = server,
                AccessKey = new S3AccessKey("id", "secret"),
                Region = "us-east-1",
                Encryption = S3Encryption.None,
            },
            TimeProvider.System
        );
}
