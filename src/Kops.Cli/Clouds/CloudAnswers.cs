using Kops.Cli.CommandLine;
using Kops.Cli.Hosting;
using Kops.Cloud.Aws;
using Kops.Model.Clouds;
using Kops.Vfs.Rest.Network;

namespace Kops.Cli.Clouds;

/// <summary>Asks the cloud. Nothing of a cloud's SDK is loaded before this is called.</summary>
internal static class CloudAnswers
{
    private const string Authorities = "AWS_CA_BUNDLE";

    public static async Task<CloudFacts> AskAsync(
        Invocation run,
        CloudFacts facts,
        CloudQuestions questions,
        CancellationToken cancellationToken
    )
    {
        var options = Options(run, "EC2");
        // A zone that is not known is rather mistyped than new: without credentials at hand, nobody is kept waiting for that.
        if (!questions.IsUrgent && !options.HasCredentials)
            return facts;
        using var http = Network(run);
        return facts.With(
            questions.Cloud,
            await new AwsLookup(options, http, Options(run, "STS")).AnswerAsync(questions, facts.Of(questions.Cloud), cancellationToken)
        );
    }

    /// <summary>How a service of AWS is reached: as the environment says.</summary>
    public static AwsOptions Options(Invocation run, string service)
    {
        try
        {
            return AwsOptions.Read(run.Host.Environment, service);
        }
        catch (FormatException wrong)
        {
            throw CommandException.Usage(wrong.Message);
        }
    }

    /// <summary>The network to AWS: proxies and authorities as AWS' own tools take them.</summary>
    public static HttpClient Network(Invocation run) =>
        StoreNetwork.Create(
            new NetworkOptions { CertificateAuthorityFile = run.Host.Variable(Authorities), CertificateAuthoritySource = Authorities },
            run.Host.Time
        );
}
