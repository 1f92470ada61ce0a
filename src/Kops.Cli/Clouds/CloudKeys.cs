using Kops.Cli.CommandLine;
using Kops.Cloud.Aws;

namespace Kops.Cli.Clouds;

/// <summary>Encrypts with a key that a cloud keeps. Nothing of a cloud's SDK is loaded before this is called.</summary>
internal static class CloudKeys
{
    public static async Task<byte[]> EncryptAsync(
        Invocation run,
        string key,
        ReadOnlyMemory<byte> content,
        CancellationToken cancellationToken
    )
    {
        var (named, options) = (KmsKey.Parse(key), CloudAnswers.Options(run, "KMS"));
        using var http = CloudAnswers.Network(run);
        return await new AwsKms(options, http).EncryptAsync(named, content, cancellationToken);
    }
}
