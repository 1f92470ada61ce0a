using System.Text.RegularExpressions;
using CsCheck;
using Kops.Vfs.Kubernetes.Secrets;
using Xunit;

namespace Kops.Vfs.Kubernetes.Tests;

/// <summary>Names keep keys apart and in order.</summary>
public sealed partial class SecretNamesTests
{
    private static readonly Gen<string> Keys = Gen.Char["abc/-.~é\uff5e"].Array[1, 30].Select(chars => new string(chars));

    private static readonly int[] Lengths = [0, 50, 115, 120, 125, 300];

    private static readonly Gen<string> LongKeys = Gen.Select(Keys, Gen.Int[0, 5], (key, i) => new string('k', Lengths[i]) + key);

    [Fact]
    public void Names_are_in_the_order_of_the_keys_and_keep_them_apart() =>
        Gen.Select(LongKeys, LongKeys)
            .Sample(
                (a, b) =>
                {
                    var (one, other) = (SecretNames.Of(a), SecretNames.Of(b));
                    if (a == b)
                        return one == other;
                    if (one == other)
                        return false;
                    // Keys that are not spelled whole are sorted by whoever lists: they must be next to each other.
                    if (SecretNames.Run(one) is { } run && other.StartsWith(run, StringComparison.Ordinal))
                        return true;
                    if (SecretNames.Run(other) is { } second && one.StartsWith(second, StringComparison.Ordinal))
                        return true;
                    return Math.Sign(string.CompareOrdinal(one, other)) == Math.Sign(ObjectKey.Compare(a, b));
                }
            );

    [Fact]
    public void Names_are_names_that_an_API_server_takes() =>
        LongKeys.Sample(key => SecretNames.Of(key) is { Length: <= 253 } name && Subdomain().IsMatch(name));

    [GeneratedRegex("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$")]
    private static partial Regex Subdomain();
}
