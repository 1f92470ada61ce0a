namespace Kops.Cli.Output;

/// <summary>What <c>-o</c> can be.</summary>
internal enum OutputFormat
{
    Table,
    Yaml,
    Json,
}
