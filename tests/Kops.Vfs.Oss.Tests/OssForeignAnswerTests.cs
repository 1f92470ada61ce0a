using Kops.Vfs.Conformance.Errors;
using Kops.Vfs.Drivers;
using Kops.Vfs.Oss.Configuration;

namespace Kops.Vfs.Oss.Tests;

/// <summary>A page in place of OSS.</summary>
public sealed class OssForeignAnswerTests : StoreForeignAnswers
{
    protected override IStoreDriver Open(Uri server) =>
        new OssStoreDriver("bucket", "oss://bucket", OptionsOf(server), TimeProvider.System);

    internal static OssOptions OptionsOf(Uri server) =>
        new()
        {
            Endpoint = server,
            Region = "cn-hangzhou",
            PathStyle = true,
            AccessKey = new OssAccessKey("LTAI-somebody", "secret"),
        };
}

/// <summary>A page in place of another server that speaks as OSS does, of which less is known.</summary>
public sealed class OtherForeignAnswerTests : StoreForeignAnswers
{
    protected override IStoreDriver Open(Uri server) =>
        new OssStoreDriver(
            "bucket",
            "oss://bucket",
            OssForeignAnswerTests.OptionsOf(server) with
            {
                Probe = true,
                Signature = OssSignature.Either,
            },
            TimeProvider.System
        );
}
