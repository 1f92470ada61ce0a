namespace Kops.Cli.Tests.Races.Crowds;

/// <summary>What a command told of itself.</summary>
internal enum StepEnd
{
    /// <summary>It was done.</summary>
    Done,

    /// <summary>It was not done, and nothing of it stands.</summary>
    Refused,

    /// <summary>It was killed, or says that it does not know.</summary>
    Unknown,
}
