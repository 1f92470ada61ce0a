using System.Globalization;
using System.Numerics;
using Kops.StateStore.Errors;

namespace Kops.StateStore.Keysets;

/// <summary>
/// The steps by which the keys of a keyset are exchanged, by kOps' rules: add one, promote it, distrust the old one. Pure: each gives a
/// keyset anew.
/// </summary>
public static class KeysetRotation
{
    /// <summary>The word that stands for all keysets that can be rotated.</summary>
    public const string All = "all";

    /// <summary>Whether keys of that keyset may be exchanged.</summary>
    public static bool IsRotatable(string keyset)
    {
        ArgumentNullException.ThrowIfNull(keyset);
        return keyset == "service-account" || keyset.Contains("-ca", StringComparison.Ordinal);
    }

    /// <summary>Adds a key pair.</summary>
    /// <param name="keyset">The keyset; null when there is none of that name yet.</param>
    /// <param name="name">Its name.</param>
    /// <param name="material">The certificate and its key.</param>
    /// <param name="isPrimary">Whether it is to be the one in use.</param>
    /// <param name="now">The time.</param>
    /// <param name="id">The id under which it was added.</param>
    /// <exception cref="StateStoreException">The first pair is not to be primary, or the primary one has no private key.</exception>
    public static ClusterKeyset Add(
        ClusterKeyset? keyset,
        string name,
        KeyMaterial material,
        bool isPrimary,
        DateTimeOffset now,
        out string id
    )
    {
        ArgumentNullException.ThrowIfNull(material);
        if (keyset?.Primary is null && !isPrimary)
            throw Invalid($"the first keypair of the keyset {name} must be primary; use --primary");
        if (isPrimary && material.PrivateKeyPem is null)
            throw Invalid($"a certificate without its private key cannot be the primary keypair of {name}; give the key, too");
        var items = keyset?.Items ?? [];
        id = IdFor(keyset, items, material, isPrimary, now).ToString(CultureInfo.InvariantCulture);
        var item = new KeysetItem(id, material.CertificatePem, material.PrivateKeyPem);
        return new ClusterKeyset(
            name,
            [.. items.Append(item).OrderBy(one => one.Id, KeysetItemOrder.Instance)],
            isPrimary ? id : keyset!.Primary!.Id
        );
    }

    /// <summary>Makes a key pair the one in use.</summary>
    /// <param name="keyset">The keyset.</param>
    /// <param name="id">The pair; null for the newest one that is trusted and has its private key.</param>
    /// <returns>The keyset; the same when nothing newer than the present primary is there.</returns>
    /// <exception cref="StateStoreException">There is no such pair, or it cannot sign.</exception>
    public static ClusterKeyset Promote(ClusterKeyset keyset, string? id)
    {
        ArgumentNullException.ThrowIfNull(keyset);
        if (id is null)
        {
            var newest = keyset
                .Items.Where(item => item is { HasPrivateKey: true, Distrusted: null } && KeysetItemOrder.Number(item.Id) is not null)
                .MaxBy(item => KeysetItemOrder.Number(item.Id));
            return newest is null || newest.Id == keyset.Primary?.Id ? keyset : keyset with { PrimaryId = newest.Id };
        }

        var item = Item(keyset, id);
        return item.Distrusted is not null
                ? throw Invalid($"the keypair {id} of {keyset.Name} is distrusted; 'kops trust keypair' trusts it again")
            : !item.HasPrivateKey
                ? throw Invalid($"the keypair {id} of {keyset.Name} has no private key, so that it cannot be the primary one")
            : keyset with { PrimaryId = id };
    }

    /// <summary>Takes certificates out of what is trusted.</summary>
    /// <param name="keyset">The keyset.</param>
    /// <param name="ids">The pairs; none for all that are older than the primary one.</param>
    /// <param name="now">The time, which is recorded.</param>
    /// <param name="changed">The pairs that were trusted before.</param>
    /// <exception cref="StateStoreException">There is no such pair, or it is the primary one.</exception>
    public static ClusterKeyset Distrust(
        ClusterKeyset keyset,
        IReadOnlyList<string> ids,
        DateTimeOffset now,
        out IReadOnlyList<string> changed
    )
    {
        ArgumentNullException.ThrowIfNull(keyset);
        ArgumentNullException.ThrowIfNull(ids);
        var primary = keyset.Primary;
        if (ids.Count == 0)
            ids =
            [
                .. keyset
                    .Items.Where(item => primary?.Certificate is { } newest && item.Certificate?.Serial < newest.Serial)
                    .Select(item => item.Id),
            ];
        if (ids.Any(id => Item(keyset, id) == primary))
            throw Invalid($"the primary keypair {primary!.Id} of {keyset.Name} cannot be distrusted; promote another one first");

        // A time in the file has no fraction.
        var since = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond));
        return Change(
            keyset,
            ids,
            item => item.Distrusted is null,
            item => new KeysetItem(item.Id, item.CertificatePem, item.PrivateKeyPem, since),
            out changed
        );
    }

    /// <summary>Trusts certificates again.</summary>
    /// <param name="keyset">The keyset.</param>
    /// <param name="ids">The pairs.</param>
    /// <param name="changed">The pairs that were distrusted before.</param>
    /// <exception cref="StateStoreException">There is no such pair.</exception>
    public static ClusterKeyset Trust(ClusterKeyset keyset, IReadOnlyList<string> ids, out IReadOnlyList<string> changed)
    {
        ArgumentNullException.ThrowIfNull(keyset);
        ArgumentNullException.ThrowIfNull(ids);
        foreach (var id in ids)
            Item(keyset, id);
        return Change(
            keyset,
            ids,
            item => item.Distrusted is not null,
            item => new KeysetItem(item.Id, item.CertificatePem, item.PrivateKeyPem),
            out changed
        );
    }

    private static ClusterKeyset Change(
        ClusterKeyset keyset,
        IReadOnlyList<string> ids,
        Func<KeysetItem, bool> wants,
        Func<KeysetItem, KeysetItem> change,
        out IReadOnlyList<string> changed
    )
    {
        var chosen = keyset.Items.Where(item => ids.Contains(item.Id) && wants(item)).Select(item => item.Id).ToArray();
        changed = chosen;
        return chosen.Length == 0
            ? keyset
            : keyset with
            {
                PrimaryId = keyset.Primary?.Id,
                Items = [.. keyset.Items.Select(item => chosen.Contains(item.Id) ? change(item) : item)],
            };
    }

    /// <summary>
    /// The certificate's serial number where ids then still grow with time; else a number made from the time. A certificate alone goes
    /// before the
    /// primary one.
    /// </summary>
    private static BigInteger IdFor(
        ClusterKeyset? keyset,
        IReadOnlyList<KeysetItem> items,
        KeyMaterial material,
        bool isPrimary,
        DateTimeOffset now
    )
    {
        var highest = items.Select(item => KeysetItemOrder.Number(item.Id) ?? 0).DefaultIfEmpty(0).Max();
        var id = SelfSignedAuthority.SerialNumber(now);
        if (material.Serial <= id && (!isPrimary || material.Serial > highest))
            id = material.Serial;
        if (material.PrivateKeyPem is null && keyset?.Primary?.Certificate is { } primary && primary.Serial <= id)
            id = 0;

        // kOps would write over an item that has the same serial number.
        while (items.Any(item => item.Id == id.ToString(CultureInfo.InvariantCulture)))
            id++;
        return id;
    }

    private static KeysetItem Item(ClusterKeyset keyset, string id) =>
        keyset.Items.FirstOrDefault(item => item.Id == id)
        ?? throw new StateStoreException(
            StateErrorKind.NotFound,
            $"the keyset {keyset.Name} has no keypair {id}; 'kops get keypairs {keyset.Name} --distrusted' lists them"
        );

    private static StateStoreException Invalid(string message) => new(StateErrorKind.Invalid, message);
}
