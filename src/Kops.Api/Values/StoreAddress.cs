using System.Text.RegularExpressions;

namespace Kops.Api.Values;

/// <summary>
/// What the address of a store may not look like. kOps takes every text without <c>://</c> for a directory, and so makes one of each slip
/// of the pen below the working directory of whoever runs it.
/// </summary>
public static partial class StoreAddress
{
    private const string FileScheme = "file";

    /// <summary>What is wrong with an address, and how to write it; null for one that may be one.</summary>
    /// <param name="address">The address, as somebody wrote it, or a path.</param>
    public static string? FindMistake(string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        var path = address.StartsWith(FileScheme + "://", StringComparison.Ordinal) ? address[(FileScheme.Length + 3)..] : address;
        if (WithPassword().IsMatch(address))
            return "the address holds a password, which would end up in logs and records: take it out, and give it as the page of that "
                + "kind of store says";
        if (path.StartsWith('~'))
            return $"'{address}': '~' stands for no directory here: write it out";
        if (path.StartsWith('$'))
            return $"'{address}' names a variable, and no shell put its value there: write the value";
        if (address.StartsWith("arn:", StringComparison.Ordinal))
            return $"'{address}' is the name that AWS has for a bucket: write s3://{address[(address.LastIndexOf(':') + 1)..]}";
        if (Web().IsMatch(address))
            return $"'{address}' is a page of the web, where nothing can be kept: write the address of a store";
        if (Slashes().Match(address) is { Success: true } mistyped && mistyped.Groups["slashes"].Value != "://")
        {
            var (scheme, slashes, rest) = (
                mistyped.Groups["scheme"].Value,
                mistyped.Groups["slashes"].Value,
                mistyped.Groups["rest"].Value
            );
            // file:/srv and file//srv mean a path from the root, file:srv does not.
            var right = scheme == FileScheme && slashes != ":" ? $"{FileScheme}:///" : $"{scheme}://";
            return $"'{address}' lacks the '://' after its scheme: write {right}{rest}, or ./{address} for a directory";
        }

        return address.Contains('/', StringComparison.Ordinal) || address is "." or ".."
            ? null
            : $"'{address}' is neither the address of a store nor a path: write s3://{address} for a bucket, or ./{address} for a "
                + "directory";
    }

    [GeneratedRegex("^[a-z][a-z0-9]*://[^/@]*:[^/@]*@", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex WithPassword();

    [GeneratedRegex("^https?:", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Web();

    // A scheme with one slash, with two and no colon, or, where it is a known one, with a colon alone.
    [GeneratedRegex(
        @"^((?<scheme>[a-z][a-z0-9]+)(?<slashes>:/(?!/)|//)|(?<scheme>file|memfs|s3|do|scw|linode|hos|gs|k8s|swift|azureblob|oss|sftp)"
            + @"(?<slashes>:)(?!/))(?<rest>.*)\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.Singleline,
        1000
    )]
    private static partial Regex Slashes();
}
