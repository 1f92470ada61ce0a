using System.Security.Cryptography;
using System.Text;
using Kops.Build.Input;
using Kops.StateStore.Changes.Updates;
using Kops.StateStore.Keysets;

namespace Kops.Operations.Updates;

/// <summary>What machines are told of keysets.</summary>
internal static class KeysetFacts
{
    /// <summary>In place of the id of a key that is not made yet.</summary>
    private const string Unmade = "(made by --yes)";

    /// <summary>Of keysets as they are, and of those that are not made yet what a plan shows.</summary>
    public static IReadOnlyDictionary<string, KeysetFact> Preview(IEnumerable<PlannedKeyset> keysets) =>
        keysets.ToDictionary(
            keyset => keyset.Name,
            keyset => keyset.Found is { } found ? Of(found) : new KeysetFact(keyset.Name, Unmade, []),
            StringComparer.Ordinal
        );

    /// <summary>Of all keysets, which are made where there are none.</summary>
    public static IReadOnlyDictionary<string, KeysetFact> Final(IEnumerable<PlannedKeyset> keysets) =>
        keysets.ToDictionary(keyset => keyset.Name, keyset => Of(keyset.Keyset), StringComparer.Ordinal);

    private static KeysetFact Of(ClusterKeyset keyset) =>
        new(
            keyset.Name,
            keyset.Primary?.Id
                ?? throw OperationException.Failed(
                    $"the keyset '{keyset.Name}' has no key that is in use: 'kops promote keypair' names one"
                ),
            [
                .. keyset
                    .Items.Where(item => item.Distrusted is null && !item.CertificatePem.IsEmpty)
                    .Select(item => Certificate(keyset, item)),
            ]
        );

    /// <exception cref="OperationException">It is none: machines that were told of it would trust nobody.</exception>
    private static string Certificate(ClusterKeyset keyset, KeysetItem item)
    {
        var pem = Encoding.UTF8.GetString(item.CertificatePem.Span);
        return PemEncoding.TryFind(pem, out _)
            ? pem
            : throw OperationException.Failed(
                $"the keyset '{keyset.Name}': the certificate of its key {item.Id} is none. Put the file back as it was, or leave the key "
                    + $"out with 'kops distrust keypair {keyset.Name} {item.Id}'"
            );
    }
}
