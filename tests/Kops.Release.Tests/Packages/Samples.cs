using Amazon.Runtime;
using Amazon.S3;
using Kops.Release.Tests.Packages;
using Kops.Vfs.Conformance.Servers;
using Xunit;

[assembly: AssemblyFixture(typeof(Samples))]

namespace Kops.Release.Tests.Packages;

/// <summary>
/// The libraries, packed by the script that the release uses, and built against them, once for all tests: the samples, and the programs of
/// the pages. It takes a quarter of a minute, and is done when the first test asks.
/// </summary>
public sealed class Samples : IAsyncDisposable
{
    private static readonly string Programs = Repository.At("artifacts/page-programs");
    private readonly Lazy<Task> _built = new(BuildAsync);
    private readonly Lazy<Task<(ServerScript? Server, string? Reason)>> _ceph = new(() => ServerScript.StartAsync("ceph"));

    /// <summary>A sample's or a page's program, built.</summary>
    internal async Task<string> ProgramAsync(string project)
    {
        await _built.Value;
        return Repository.At("artifacts/samples/bin", project, "release", project);
    }

    /// <summary>An empty bucket of a real server, <c>BUCKET</c>, and how it is reached, named as <c>ceph.sh</c> does.</summary>
    internal async Task<IReadOnlyDictionary<string, string>> BucketAsync(CancellationToken cancellationToken)
    {
        var (server, reason) = await _ceph.Value;
        Assert.SkipWhen(server is null, reason ?? "no S3 server");
        var bucket = "samples-" + Guid.NewGuid().ToString("N");
        using var client = new AmazonS3Client(
            new BasicAWSCredentials(server!.Values["S3_ACCESS_KEY_ID"], server.Values["S3_SECRET_ACCESS_KEY"]),
            new AmazonS3Config
            {
                ServiceURL = server.Values["S3_ENDPOINT"],
                ForcePathStyle = true,
                AuthenticationRegion = "us-east-1",
            }
        );
        await client.PutBucketAsync(bucket, cancellationToken);
        return new Dictionary<string, string>(server.Values, StringComparer.Ordinal) { ["BUCKET"] = bucket };
    }

    /// <summary>Builds a program with one package.</summary>
    /// <returns>What the compiler says of it.</returns>
    internal async Task<string> BuildAsync(string name, string package, string program)
    {
        await _built.Value;
        var project = PagePrograms.Write(new PageProgram(name, [package], program), Programs);
        return await ShellAsync(
            """
            . "$1/eng/dotnet.sh"
            dotnet build "$2" -c Release -v q --nologo -p:TreatWarningsAsErrors=false
            """,
            project
        );
    }

    public async ValueTask DisposeAsync()
    {
        if (_ceph.IsValueCreated && (await _ceph.Value).Server is { } server)
            await server.DisposeAsync();
    }

    private static Task<string> BuildAsync() =>
        ShellAsync(
            """
            . "$1/eng/dotnet.sh"
            "$1/eng/pack.sh" '' '' NoBuild=true KopsLibrariesAlone=true
            # NU1603: a feed that lacks an old version of what a package of others wants has a newer one.
            dotnet build "$2" -c Release -v q --nologo -p:WarningsNotAsErrors=NU1603
            """,
            PagePrograms.Write(Programs)
        );

    private static Task<string> ShellAsync(string script, string project) =>
        SampleProcess.RunAsync(
            "bash",
            ["-euc", script, "samples", Repository.At(), project],
            new Dictionary<string, string>(),
            CancellationToken.None
        );
}
