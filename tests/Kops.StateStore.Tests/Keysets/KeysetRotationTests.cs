using System.Text;
using Kops.StateStore.Errors;
using Kops.StateStore.Keysets;
using Xunit;

namespace Kops.StateStore.Tests.Keysets;

/// <summary>The rules by which ids are given and keys exchanged; commands are tried in the tests of the command line.</summary>
public sealed class KeysetRotationTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 13, 25, 43, 500, TimeSpan.Zero);
    private static readonly ClusterKeyset First = SelfSignedAuthority.Create("kubernetes-ca", Now);

    [Fact]
    public void A_new_key_has_its_serial_number_as_id_and_in_its_name()
    {
        var material = KeyMaterial.Generate("kubernetes-ca", Now.AddSeconds(1), isNumbered: true);

        var keyset = KeysetRotation.Add(First, "kubernetes-ca", material, isPrimary: false, Now.AddSeconds(2), out var id);

        Assert.Equal(material.ToString(), id);
        Assert.Equal([First.PrimaryId!, id], keyset.Items.Select(item => item.Id));
        Assert.Equal(First.PrimaryId, keyset.Primary!.Id);
        Assert.Equal($"SERIALNUMBER={id},CN=kubernetes-ca", keyset.Items[1].Certificate!.Subject);
    }

    [Fact]
    public void A_certificate_alone_goes_before_the_primary_and_is_never_promoted()
    {
        var other = SelfSignedAuthority.Create("other", Now.AddSeconds(-5)).Primary!;
        var newer = SelfSignedAuthority.Create("newer", Now.AddSeconds(5)).Primary!;

        var keyset = KeysetRotation.Add(First, "kubernetes-ca", Alone(newer), isPrimary: false, Now.AddSeconds(6), out var id);
        keyset = KeysetRotation.Add(keyset, "kubernetes-ca", Alone(other), isPrimary: false, Now.AddSeconds(6), out var older);

        Assert.Equal("0", id);
        Assert.Equal(other.Id, older);
        Assert.Same(keyset, KeysetRotation.Promote(keyset, null));
        Assert.Throws<StateStoreException>(() => KeysetRotation.Promote(keyset, "0"));
        Assert.Throws<StateStoreException>(() => KeysetRotation.Add(First, "kubernetes-ca", Alone(newer), isPrimary: true, Now, out _));
    }

    [Fact]
    public void An_old_certificate_that_becomes_primary_gets_an_id_after_all_others()
    {
        var old = SelfSignedAuthority.Create("old", Now.AddDays(-100)).Primary!;
        var material = KeyMaterial.Read((Pem(old.CertificatePem), "cert"), (Pem(old.PrivateKeyPem!.Value), "key"), "kubernetes-ca", Now);

        var keyset = KeysetRotation.Add(First, "kubernetes-ca", material, isPrimary: true, Now.AddSeconds(1), out var id);

        Assert.NotEqual(old.Id, id);
        Assert.Equal([First.PrimaryId!, id], keyset.Items.Select(item => item.Id));
        Assert.Equal(id, keyset.Primary!.Id);
    }

    [Fact]
    public void Without_ids_all_that_are_older_than_the_primary_are_distrusted_to_the_second()
    {
        var keyset = KeysetRotation.Add(
            First,
            "kubernetes-ca",
            KeyMaterial.Generate("kubernetes-ca", Now.AddSeconds(1), isNumbered: true),
            isPrimary: true,
            Now.AddSeconds(1),
            out _
        );

        var distrusted = KeysetRotation.Distrust(keyset, [], Now, out var changed);

        Assert.Equal([First.PrimaryId!], changed);
        Assert.Equal(new DateTimeOffset(2026, 11, 22, 13, 25, 43, TimeSpan.Zero), distrusted.Items[0].Distrusted);
        Assert.Equal(Pem(keyset.Items[1].CertificatePem), Pem(distrusted.TrustBundle()));
        Assert.Same(distrusted, KeysetRotation.Distrust(distrusted, [], Now, out _));
        Assert.Null(KeysetRotation.Trust(distrusted, [First.PrimaryId!], out _).Items[0].Distrusted);
    }

    [Theory]
    [InlineData(true, "service-account")]
    [InlineData(true, "etcd-manager-ca-main")]
    [InlineData(false, "kubelet")]
    public void Authorities_and_the_service_account_key_can_be_exchanged(bool expected, string keyset) =>
        Assert.Equal(expected, KeysetRotation.IsRotatable(keyset));

    private static KeyMaterial Alone(KeysetItem item) => KeyMaterial.Read((Pem(item.CertificatePem), "cert"), null, "kubernetes-ca", Now);

    private static string Pem(ReadOnlyMemory<byte> pem) => Encoding.ASCII.GetString(pem.Span);
}
