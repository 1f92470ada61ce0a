using Kops.Cli.Tests.Support;
using Kops.Vfs;
using Kops.Vfs.Conformance;
using Kops.Vfs.Memory;

namespace Kops.Cli.Tests.Terraform;

/// <summary>
/// A desk with a bucket in memory, a file that tells what AWS would, and a server that stands for the place of nodeup: it knows a hash of
/// every file.
/// </summary>
internal sealed class TerraformDesk : IAsyncDisposable
{
    public const string State = "s3://team-state";
    public const string Hash = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

    // What a page says that users write.
    public const string Facts = """
        aws:
          project: "123456789012"
          images:
            099720109477/ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-20260714: {id: ami-12345678, rootDevice: /dev/sda1}

        """;

    private readonly MemoryStoreDriver _bucket = new(TimeProvider.System);
    private WebServer? _server;

    public TerraformDesk()
    {
        Desk.Environment["KOPS_STATE_STORE"] = State;
        Desk.Environment["KOPS_CLOUD_FACTS"] = Desk.Write("cloud-facts.yaml", Facts);
        Desk.MoreStores = _ => new StoreRegistry().Add("s3", Open);
    }

    public Desk Desk { get; } = new();

    /// <summary>Starts the server.</summary>
    public async ValueTask StartAsync()
    {
        _server = await WebServer.StartAsync(context => WebServer.SayAsync(context, Hash));
        Desk.Environment["KOPS_BASE_URL"] = _server.Address;
    }

    /// <summary>The folder that is written into.</summary>
    public string Out => Desk.PathOf("infra");

    /// <summary>The configuration.</summary>
    public string Configuration => File.ReadAllText(Path.Combine(Out, "kubernetes.tf"));

    public VfsPath Open(string address)
    {
        var root = new Store(State, _bucket).Root;
        return address.Length > State.Length ? root.Join(address[(State.Length + 1)..]) : root;
    }

    public Task<KopsRun> UpdateAsync(params string[] more) =>
        Desk.RunAsync(["update", "cluster", DeskClusters.Name, "--target", "terraform", "--out", Out, .. more]);

    public Task<KopsRun> CreateAsync(params string[] more) =>
        Desk.RunAsync(["create", "cluster", DeskClusters.Name, "--zones", "us-east-1a", .. more]);

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
        Desk.Dispose();
    }
}
