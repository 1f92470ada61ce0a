using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using Kops.StateStore.Changes.Journal;
using Kops.StateStore.Clusters;
using Kops.StateStore.Keysets;
using Kops.StateStore.SshKeys;
using Kops.StateStore.Tests.Support;
using Kops.Vfs;
using Kops.Vfs.Files;
using Xunit;

namespace Kops.StateStore.Tests.Clusters;

/// <summary>A store that kOps wrote is read as kOps reads it.</summary>
public sealed class UpstreamStoreTests
{
    private const string Cluster = "minimal.example.com";

    [Fact]
    public async Task Keypairs()
    {
        var state = await ReadAsync();

        var rows =
            from keyset in (await state.Keysets.ListAsync()).Keysets
            from item in keyset.Keyset.Items
            select new[]
            {
                keyset.Name,
                item.Id,
                Date(item.Certificate!.Issued),
                Date(item.Certificate.Expires),
                ReferenceEquals(item, keyset.Keyset.Primary) ? "*" : "",
                item.HasPrivateKey ? "*" : "",
            };

        Assert.Equal(Table("get-keypairs.txt"), rows.Select(row => string.Join(' ', row.Where(cell => cell.Length > 0))));
    }

    [Fact]
    public async Task Secrets()
    {
        var state = await ReadAsync();

        Assert.Equal(Table("get-secrets.txt"), await state.Secrets.ListNamesAsync());
        Assert.Equal(32, (await state.Secrets.FindAsync("admin"))!.Data.Length);
    }

    [Fact]
    public async Task Ssh_keys()
    {
        var keys = await (await ReadAsync()).SshKeys.ListAsync();

        Assert.Equal(Table("get-ssh.txt"), keys.Select(key => key.Id));
        Assert.All(keys, key => Assert.Equal(key.Id, SshPublicKey.Fingerprint(key.File.Bytes, "key")));
    }

    [Fact]
    public async Task Instance_groups()
    {
        var state = await ReadAsync();

        Assert.Equal(Table("get-ig.txt").Select(line => line.Split(' ')[0]), state.InstanceGroups.Select(group => group.Name));
        Assert.Empty(state.Unreadable);
    }

    [Fact]
    public async Task The_copy_is_read_where_it_is_though_its_config_base_names_the_original()
    {
        var state = await ReadAsync();

        Assert.Equal("/srv/kops-state/minimal.example.com", state.Cluster.Value.Spec.ConfigBase);
        Assert.True(state.Layout.IsMoved);
    }

    [Fact]
    public async Task Keysets_are_written_to_the_byte()
    {
        foreach (var keyset in (await (await ReadAsync()).Keysets.ListAsync()).Keysets)
            Assert.Equal(keyset.File.Text, System.Text.Encoding.UTF8.GetString(KeysetFile.Encode(keyset.Keyset)));
    }

    [Fact]
    public async Task New_authorities_look_like_those_of_kops()
    {
        var keyset = (await (await ReadAsync()).Keysets.FindAsync("service-account"))!.Keyset;
        var theirs = Certificate(keyset);
        var ours = Certificate(SelfSignedAuthority.Create("service-account", new DateTimeOffset(theirs.NotBefore).AddHours(48)));

        Assert.Equal(theirs.SubjectName.RawData, ours.SubjectName.RawData);
        Assert.Equal(theirs.IssuerName.RawData, ours.IssuerName.RawData);
        Assert.Equal((theirs.NotBefore, theirs.NotAfter), (ours.NotBefore, ours.NotAfter));
        Assert.Equal(theirs.SignatureAlgorithm.Value, ours.SignatureAlgorithm.Value);
        Assert.Equal(
            theirs.Extensions.Select(extension => (extension.Oid!.Value, extension.Critical, extension.RawData.Length)),
            ours.Extensions.Select(extension => (extension.Oid!.Value, extension.Critical, extension.RawData.Length))
        );
        Assert.Equal(theirs.Extensions["2.5.29.14"]!.RawData, SelfSignedAuthority.KeyIdentifier(theirs.PublicKey).RawData);
    }

    private static X509Certificate2 Certificate(ClusterKeyset keyset) =>
        X509Certificate2.CreateFromPem(System.Text.Encoding.ASCII.GetString(keyset.Primary!.CertificatePem.Span));

    private static async Task<ClusterState> ReadAsync()
    {
        var path = SharedFiles.Require("fixtures/upstream-store");
        var stores = new StoreRegistry().AddStandardStores(TimeProvider.System, Path.GetTempPath());
        var store = new ClusterStore(stores.Resolve(path), stores, TimeProvider.System, new ChangeAuthor("test", "host", "test", "test"));
        return await ClusterExample.ReadAsync(store, Cluster);
    }

    private static string Date(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static IEnumerable<string> Table(string name) =>
        File.ReadLines(SharedFiles.Require($"fixtures/upstream-output/{name}"))
            .Skip(1)
            .Select(line => string.Join(' ', line.Split('\t', StringSplitOptions.RemoveEmptyEntries)));
}
