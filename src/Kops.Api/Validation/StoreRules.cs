using System.Text.RegularExpressions;
using Kops.Api.Values;

namespace Kops.Api.Validation;

/// <summary>Where the cluster's files and its software lie.</summary>
internal static partial class StoreRules
{
    private const string Azure = "azureblob://";
    private static readonly string[] Repositories = ["http", "https", "s3", "gs", "azureblob"];

    public static void Check(ClusterContext cluster)
    {
        var spec = cluster.Spec;
        Field[] others =
        [
            spec["keyStore"],
            spec["secretStore"],
            .. spec["etcdClusters"].Items.Select(etcd => etcd["backups"]["backupStore"]),
        ];
        foreach (var place in others.Prepend(spec["configBase"]).Append(spec["serviceAccountIssuerDiscovery"]["discoveryStore"]))
        {
            NoMistake(place);
            HasBucket(place);
        }

        var account = Account(spec["configBase"]);
        // The rights of machines on Azure are for its own storage; stores of tests are of no cloud.
        spec["configBase"]
            .FailIf(
                cluster.Cloud.Name == "azure" && Scheme(spec["configBase"]) is not (null or "azureblob" or "memfs" or "file"),
                $"a cluster on Azure keeps its state in Azure: write it as {Azure}ACCOUNT/CONTAINER/PATH"
            );
        foreach (var place in others.Where(place => IsAzure(place)))
        {
            // Machines have the rights of one storage account alone.
            if (Account(place) is { } own)
                place.FailIf(
                    own != account,
                    $"lies in the storage account '{own}': all of it must lie in that of "
                        + $"configBase{(account is null ? string.Empty : $", '{account}'")}"
                );
        }

        Discovery(spec["serviceAccountIssuerDiscovery"]);
        var repository = spec["assets"]["fileRepository"];
        repository.FailIf(
            repository.Node is not null
                && !(
                    Uri.TryCreate(repository.Text, UriKind.Absolute, out var address)
                    && Repositories.Contains(address.Scheme)
                    && address.Host.Length > 0
                ),
            $"'{repository.Text}' is not an address such as https://example.com/files"
        );
    }

    // None of these opens, so that nobody, this program included, could change a cluster whose files shall lie there.
    private static void NoMistake(Field place)
    {
        if (place.Text is { } text && StoreAddress.FindMistake(text) is { } mistake)
            place.Fail(mistake);
    }

    // Which schemes there are is known to whoever opens stores.
    private static void HasBucket(Field place)
    {
        var scheme = Scheme(place);
        place.FailIf(
            scheme is "s3" or "do" or "scw" or "linode" or "hos" or "gs" or "oss"
                && !Bucket().IsMatch(place.Text![(scheme.Length + 3)..].Split('/')[0]),
            $"'{place.Text}' names no bucket: names have letters, digits, '.', '-' and '_', such as {scheme}://example-state"
        );
    }

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]*\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Bucket();

    // Whoever checks tokens reads the issuer's keys there, over HTTPS.
    private static void Discovery(Field discovery)
    {
        var store = discovery["discoveryStore"];
        discovery["enableAWSOIDCProvider"]
            .FailIf(
                discovery["enableAWSOIDCProvider"].IsTrue && store.Text is null,
                "AWS finds the issuer's keys in a discoveryStore: set it, such as s3://example-discovery"
            );
        store.FailIf(
            Scheme(store) == "s3" && store.Text!["s3://".Length..].Split('/')[0].Contains('.', StringComparison.Ordinal),
            "the bucket's name has a dot, and the certificate of its address does not cover that: use a bucket without"
        );
    }

    private static string? Scheme(Field place) =>
        place.Text?.IndexOf("://", StringComparison.Ordinal) is { } end and > 0 ? place.Text[..end] : null;

    private static bool IsAzure(Field place) => place.Text?.StartsWith(Azure, StringComparison.Ordinal) == true;

    private static string? Account(Field place)
    {
        if (!IsAzure(place))
            return null;
        if (place.Text![Azure.Length..].Split('/') is [{ Length: > 0 } account, { Length: > 0 }, ..])
            return account;
        place.Fail($"'{place.Text}' names no container: write it as azureblob://ACCOUNT/CONTAINER/PATH");
        return null;
    }
}
