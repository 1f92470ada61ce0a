using System.Text.RegularExpressions;
using Kops.Model.Flags;

namespace Kops.Cloud.Aws;

/// <summary>A key of AWS KMS, or an alias of one, by its ARN.</summary>
/// <remarks>Source: AWS KMS Developer Guide, "Key identifiers (KeyId)".</remarks>
public sealed partial record KmsKey
{
    private KmsKey(string arn, string region) => (Arn, Region) = (arn, region);

    /// <summary>The ARN, as it was named.</summary>
    public string Arn { get; }

    /// <summary>The region that the key is in.</summary>
    public string Region { get; }

    /// <summary>Reads an ARN.</summary>
    /// <exception cref="InvalidFlagException">It is none.</exception>
    public static KmsKey Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (Form().Match(text) is { Success: true } arn)
            return new KmsKey(text, arn.Groups["region"].Value);
        throw new InvalidFlagException(
            "kms-key",
            $"--kms-key: '{text}' is not the ARN of a key or an alias of AWS KMS, such as arn:aws:kms:us-east-1:123456789012:key/0a1b or "
                + "arn:aws:kms:us-east-1:123456789012:alias/review; 'aws kms describe-key --key-id ID --query KeyMetadata.Arn' prints a "
                + "key's ARN"
        );
    }

    /// <summary>The ARN.</summary>
    public override string ToString() => Arn;

    [GeneratedRegex(
        @"^arn:aws[a-z-]*:kms:(?<region>[a-z0-9-]+):\d{12}:(key/[A-Za-z0-9-]+|alias/[A-Za-z0-9/_-]+)\z",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Form();
}
