using Kops.Api;
using Kops.Resources.Requests;
using Kops.Resources.Values;

namespace Kops.Resources.Tests;

/// <summary>A file of the store is a resource of the store's own kind, whatever cloud the cluster is in.</summary>
public sealed class Managed_files_are_resources
{
    [Theory]
    [InlineData("s3://bucket/a/b", "aws_s3_object", "aws", "files", "bucket key content server_side_encryption")]
    [InlineData("gs://bucket/a/b", "google_storage_bucket_object", "google", "files", "bucket name source")]
    [InlineData("do://bucket/a/b", "digitalocean_spaces_bucket_object", "digitalocean", null, "bucket key content region")]
    [InlineData("scw://bucket/a/b", "scaleway_object", "scaleway", null, "bucket key content")]
    [InlineData("azureblob://account/box/a/b", "azurerm_storage_blob", "azurerm", "files", "name source storage_container_id type")]
    public void Of_its_stores_kind(string address, string kind, string provider, string? alias, string attributes)
    {
        var built = Build(address);

        var file = Assert.Single(built.Resources, resource => resource.Name == "notes");
        Assert.Equal((kind, alias), (file.Kind.Name, file.ProviderAlias));
        Assert.Equal(attributes.Split(' ').Order(), file.Attributes.Keys.Order());
        Assert.Contains(built.Providers, known => (known.Name, known.Alias) == (provider, alias));
    }

    [Fact]
    public void What_everyone_may_read_says_so()
    {
        var google = Build("gs://bucket/a", isPublic: true).Resources.Where(resource => resource.Name == "notes");
        var s3 = Build("s3://bucket/a", isPublic: true).Resources.Single(resource => resource.Name == "notes");

        Assert.Equal(["google_storage_bucket_object", "google_storage_object_acl"], google.Select(resource => resource.Kind.Name));
        Assert.Equal(new TextValue("public-read"), s3.Attributes["acl"]);
    }

    [Fact]
    public void A_store_that_has_none_is_refused_with_those_that_have()
    {
        var failure = Assert.Throws<NotSupportedException>(() => Build("k8s://context/namespace/a"));

        Assert.Equal(
            "Terraform has no resource for files in k8s://context/namespace/a; it has some for azureblob://, do://, gs://, s3://, scw://. "
                + "Or write the files to the store with KOPS_FEATURE_FLAGS=-TerraformManagedFiles",
            failure.Message
        );
    }

    private static CloudResources Build(string address, bool isPublic = false)
    {
        var cluster = AwsCases.Cluster();
        cluster.Spec.EnsureCloudConfig().EnsureAzure().StorageAccountID =
            "/subscriptions/s/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/account";
        return ResourceModel.Build(
            AwsCases.Request(cluster) with
            {
                Files = [new ManagedFile("notes", address, new byte[] { 1 }) { IsPublic = isPublic }],
                Bucket = new("fra1", EncryptsByItself: false),
            }
        );
    }
}
