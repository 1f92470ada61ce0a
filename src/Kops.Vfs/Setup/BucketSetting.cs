namespace Kops.Vfs.Setup;

/// <summary>One thing that a bucket should have.</summary>
/// <param name="Name">Its name: a word or two, such as <c>versioning</c>.</param>
/// <param name="Wanted">What it shall be, in a few words.</param>
/// <param name="Look">Looks how it is; throws a <see cref="StoreException"/>, of kind <see cref="StoreErrorKind.Unsupported"/> where the
/// service does not know it.</param>
/// <param name="Apply">Makes it so; throws as <paramref name="Look"/> does.</param>
public sealed record BucketSetting(
    string Name,
    string Wanted,
    Func<CancellationToken, ValueTask<BucketFinding>> Look,
    Func<CancellationToken, ValueTask> Apply
)
{
    /// <summary>Whether it is known beforehand that this program cannot make it.</summary>
    public bool IsOutOfReach { get; private init; }

    /// <summary>That TLS is required, where the service is reached without it.</summary>
    public static BucketSetting TlsFor(Uri endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        return OutOfReach(
            "TLS only",
            "others denied",
            $"the endpoint is {endpoint.GetLeftPart(UriPartial.Authority)}: who comes without TLS would be locked out, and that is "
                + $"everybody here"
        );
    }

    /// <summary>A setting that this program cannot make: it is only said.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="wanted">What it shall be.</param>
    /// <param name="who">Why not, and who sets it, how.</param>
    public static BucketSetting OutOfReach(string name, string wanted, string who) =>
        new(name, wanted, _ => ValueTask.FromResult(BucketFinding.OutOfReach(who)), _ => ValueTask.CompletedTask) { IsOutOfReach = true };
}
