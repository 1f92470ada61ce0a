using Kops.Vfs.Conformance.Errors;
using Kops.Vfs.Drivers;
using Kops.Vfs.Gcs.Configuration;

namespace Kops.Vfs.Gcs.Tests;

/// <summary>A page in place of Cloud Storage, or of an emulator.</summary>
public sealed class GcsForeignAnswerTests : StoreForeignAnswers
{
    protected override IStoreDriver Open(Uri server) =>
        new GcsStoreDriver("bucket", "gs://bucket", new GcsOptions { Endpoint = server, Anonymous = true }, TimeProvider.System);
}
