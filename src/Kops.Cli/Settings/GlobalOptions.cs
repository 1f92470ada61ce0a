namespace Kops.Cli.Settings;

/// <summary>What every command may be told: where clusters are, which one is meant, and how much to say.</summary>
/// <param name="State">The state store that is named; null or empty for none.</param>
/// <param name="Name">The cluster that is named; null or empty for none.</param>
/// <param name="Config">The configuration file that is named; null or empty for none.</param>
/// <param name="Verbosity">0 says what is needed, 2 how things were found, 4 each request to a store, 10 everything.</param>
internal sealed record GlobalOptions(string? State, string? Name, string? Config, int Verbosity);
