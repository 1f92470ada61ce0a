using Amazon.EC2;
using Amazon.Runtime;
using Kops.Vfs.Conformance.Servers;
using Xunit;

[assembly: AssemblyFixture(typeof(Kops.Cloud.Aws.Tests.MotoServer))]

namespace Kops.Cloud.Aws.Tests;

/// <summary>The EC2 and the KMS that all tests of this project share: moto, started by <c>eng/servers/moto.sh</c>.</summary>
public sealed class MotoServer : IAsyncLifetime
{
    public const string Region = "eu-west-1";
    private ServerScript? _script;
    private string? _reason;

    /// <summary>How to reach it.</summary>
    public AwsOptions Options
    {
        get
        {
            Assert.SkipWhen(_script is null, _reason ?? "no server");
            return AwsOptions.Read(
                new Dictionary<string, string>
                {
                    ["AWS_ENDPOINT_URL"] = _script!.Values["AWS_ENDPOINT_URL"],
                    ["AWS_ACCESS_KEY_ID"] = "test",
                    ["AWS_SECRET_ACCESS_KEY"] = "test",
                },
                "EC2"
            );
        }
    }

    public async ValueTask InitializeAsync() => (_script, _reason) = await ServerScript.StartAsync("moto");

    public async ValueTask DisposeAsync()
    {
        if (_script is not null)
            await _script.DisposeAsync();
    }

    /// <summary>The SDK's own client, to set the scene.</summary>
    internal AmazonEC2Client Admin() =>
        new(
            new BasicAWSCredentials("test", "test"),
            new AmazonEC2Config { ServiceURL = Options.Endpoint!.AbsoluteUri, AuthenticationRegion = Region }
        );
}
