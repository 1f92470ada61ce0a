using Xunit.MicrosoftTestingPlatform;

namespace Kops.Vfs.S3.Tests;

/// <summary>Runs the tests; or, called by one of them, is one of two processes that race.</summary>
internal static class Program
{
    internal const string CountCommand = "count";

    public static async Task<int> Main(string[] args)
    {
        if (args is not [CountCommand, var bucket, var writers, var increments])
            return await TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions);
        await Counter.RunAsync(bucket, int.Parse(writers), int.Parse(increments), CancellationToken.None);
        return 0;
    }
}
