using Kops.Vfs.Conformance.Errors;
using Kops.Vfs.Drivers;
using Kops.Vfs.Swift.Configuration;

namespace Kops.Vfs.Swift.Tests;

/// <summary>A page in place of Swift.</summary>
public sealed class SwiftForeignAnswerTests : StoreForeignAnswers
{
    protected override IStoreDriver Open(Uri server) =>
        new SwiftStoreDriver(
            "container",
            "swift://container",
            new SwiftOptions
            {
                StorageUrl = new Uri(server, "/v1/AUTH_a"),
                SignIn = new KeystoneSignIn { Token = new Secret("token") },
            },
            TimeProvider.System
        );
}
