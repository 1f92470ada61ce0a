namespace Kops.Cli.Tests.Support;

/// <summary>What a command line did.</summary>
internal sealed record KopsRun(int ExitCode, string Out, string Error);
