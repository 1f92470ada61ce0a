using System.Text.RegularExpressions;

namespace Kops.Operations.Assets;

/// <summary>
/// A repository of files (<c>spec.assets.fileRepository</c>) is named by the address that machines download from; this is where files are
/// put so that they lie there.
/// </summary>
public static partial class FileRepository
{
    /// <summary>The path in a store for an address that machines download from.</summary>
    /// <exception cref="OperationException">It is at a server of which nobody knows how files get there.</exception>
    public static string PlaceOf(string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            return address;
        var path = uri.AbsolutePath.TrimStart('/');
        if (uri.Host == "storage.googleapis.com")
            return $"gs://{path}";
        if (BucketInPath().IsMatch(uri.Host))
            return $"s3://{path}";
        if (BucketInHost().Match(uri.Host) is { Success: true } match)
            return $"s3://{match.Groups["bucket"].Value}/{path}";
        throw OperationException.InvalidRequest(
            $"spec.assets.fileRepository: files cannot be put to {uri.GetLeftPart(UriPartial.Authority)}: --copy knows S3 "
                + "(https://BUCKET.s3.REGION.amazonaws.com), Google Cloud Storage (https://storage.googleapis.com/BUCKET) and stores by "
                + "their own address (file://, s3://); lay the files there by other means"
        );
    }

    // https://docs.aws.amazon.com/general/latest/gr/s3.html
    [GeneratedRegex(@"^s3([.-](dualstack\.)?[a-z0-9-]+)?\.amazonaws\.com(\.cn)?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex BucketInPath();

    [GeneratedRegex(
        @"^(?<bucket>[a-z0-9][a-z0-9.-]*)\.s3([.-](dualstack\.)?[a-z0-9-]+)?\.amazonaws\.com(\.cn)?$",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex BucketInHost();
}
