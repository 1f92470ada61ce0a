using System.Security.Cryptography;
using Kops.Cli.CommandLine;
using Kops.Cli.Hosting;
using Kops.Operations.Files;

namespace Kops.Cli.Commands.State;

/// <summary><c>kops state hash</c>.</summary>
internal static class HashCommand
{
    private static readonly Flag<HashAlgorithmName> Algorithm = Flag.Text(
        "algorithm",
        "Which hash",
        text =>
            text switch
            {
                "sha256" => HashAlgorithmName.SHA256,
                "md5" => HashAlgorithmName.MD5,
                var other => throw CommandException.Usage($"unknown hash '{other}': there are sha256 and md5"),
            }
    ) with
    {
        Default = "sha256",
        Choices = ["sha256", "md5"],
    };

    public static CommandSpec Spec { get; } =
        new("state hash", "Hash files by their content, in the form of sha256sum")
        {
            Arguments = "[PLACE]",
            MaxArguments = 1,
            Values = ValueSource.Cluster,
            Description =
                "Contents are read: nothing that a store says of them is trusted. Names are relative to the place, so that two outputs "
                + "can be compared.",
            Examples =
            [
                ("A cluster's files", "kops state hash demo.example.com"),
                ("Check a copy on a disk", "kops state hash s3://bucket/demo.example.com | (cd /srv/copy && sha256sum -c)"),
            ],
            Flags = [Algorithm],
            Run = RunAsync,
        };

    private static async Task<int> RunAsync(Invocation run, CancellationToken cancellationToken)
    {
        var (place, algorithm) = (run.Place(), run.Get(Algorithm));
        await foreach (var file in StateFiles.HashAsync(place, algorithm, mayBeAbsent: run.Arguments.Count == 0, cancellationToken))
            run.Out.WriteLine(Line(Convert.ToHexStringLower(file.Hash.Span), file.Name));
        return ExitCode.Done;
    }

    /// <summary>A name in which a line would end is written as sha256sum does, so that nobody's name reads as another line.</summary>
    private static string Line(string hash, string name) =>
        name.AsSpan().IndexOfAny('\\', '\n', '\r') < 0 ? $"{hash}  {name}" : $"\\{hash}  {OnOneLine(name)}";

    private static string OnOneLine(string name) =>
        name.Replace("\\", @"\\", StringComparison.Ordinal)
            .Replace("\n", @"\n", StringComparison.Ordinal)
            .Replace("\r", @"\r", StringComparison.Ordinal);
}
