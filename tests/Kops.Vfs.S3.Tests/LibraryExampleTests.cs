using System.Text;
using Kops.Vfs.Layers.Check;
using Kops.Vfs.Layers.Stack;
using Kops.Vfs.S3.Configuration;
using Kops.Vfs.S3.Tests.Servers;
using Xunit;

namespace Kops.Vfs.S3.Tests;

/// <summary>The example of a store over a network in docs/library.md, run: the page holds the lines between the marks.</summary>
public sealed class LibraryExampleTests(S3Server server)
{
    [Fact]
    public async Task The_example_of_the_documentation_counts_in_a_bucket()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var (bucket, endpoint, id, secret) = (
            await server.CreateBucketAsync(cancellationToken),
            server.Options.Endpoint!,
            server.Options.AccessKey!.Id,
            server.Options.AccessKey.Secret
        );

        // <example>
        var office = S3Presets.Compatible with
        {
            Endpoint = endpoint,
            AccessKey = new S3AccessKey(id, secret),
            Encryption = S3Encryption.None,
        };
        await using var stores = new StoreRegistry();
        new StoreOpener<S3Options>(
            S3Stores.Kind,
            path => path.StartsWith("s3://aws-", StringComparison.Ordinal) ? S3Presets.Aws : office,
            TimeProvider.System,
            (store, options) =>
                StoreLayers.Apply(
                    store,
                    new StoreLayerOptions
                    {
                        Clock = TimeProvider.System,
                        Check = new CheckOptions { ProbePrefix = "probe/" },
                    }
                )
        ).AddTo(stores);

        // Read, change, write on condition that nobody else has written, and again when somebody has.
        var counter = stores.Resolve($"s3://{bucket}/counter");
        for (var i = 0; i < 3; i++)
            await counter.UpdateAsync(
                old => Encoding.UTF8.GetBytes($"{(old is null ? 0 : int.Parse(Encoding.UTF8.GetString(old.Bytes.Span))) + 1}"),
                cancellationToken: cancellationToken
            );
        // </example>

        Assert.Equal("3", await counter.ReadTextAsync(cancellationToken));
    }

    [Fact]
    public void The_page_shows_what_is_run()
    {
        var page = Read("docs/library.md");
        var example = Read("tests/Kops.Vfs.S3.Tests/LibraryExampleTests.cs").Split("// <example>")[1].Split("// </example>")[0];

        foreach (var line in example.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0))
            Assert.Contains(line, page, StringComparison.Ordinal);
    }

    private static string Read(string path, [System.Runtime.CompilerServices.CallerFilePath] string file = "") =>
        File.ReadAllText(Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", "..", path)));
}
