using Kops.Cli.CommandLine;
using Kops.Cli.Commands;
using Kops.Cli.Tests.Support;
using Kops.Model.Flags;
using Xunit;

namespace Kops.Cli.Tests;

/// <summary>What stands in users' scripts: every flag of every command of kOps that is here.</summary>
public sealed class UpstreamFlagsTests
{
    private static readonly CommandParser s_parser = new(CommandTable.All);

    [Fact]
    public void Every_flag_of_kOps_is_known_and_written_as_there()
    {
        var mistakes = Fixtures.Flags().Select(Mistake).OfType<string>().ToList();

        Assert.True(mistakes.Count == 0, string.Join('\n', mistakes));
    }

    private static string? Mistake((string Command, string Flag, string Short, string Kind) row)
    {
        var command = CommandTable.All.SingleOrDefault(spec => spec.Path == row.Command);
        // Commands that are not here are refused, whatever their flags.
        if (command is null or { Instead: not null })
            return Refusal(row.Command);
        var flag = s_parser.FlagsOf(command).FirstOrDefault(flag => flag.Name == row.Flag || flag.Aliases.Contains(row.Flag));
        var name = $"kops {row.Command} --{row.Flag}";
        if (flag is null)
            return $"{name} is unknown";
        if (row.Short.Length > 0 && flag.Short != row.Short)
            return $"{name} is -{row.Short} in kOps, here -{flag.Short}";
        // A number of a flag that is refused is never read.
        return
            Kind(row.Kind) == flag.Kind
            || (flag is { Instead: not null, Kind: FlagKind.Text } && row.Kind.StartsWith("int", StringComparison.Ordinal))
            ? null
            : $"{name} is a {row.Kind} in kOps, here {flag.Kind}";
    }

    private static string? Refusal(string command)
    {
        for (var path = command; path.Length > 0; path = path.LastIndexOf(' ') is var end and > 0 ? path[..end] : string.Empty)
        {
            if (CommandTable.All.Any(spec => spec.Path == path && spec.Instead is not null))
                return null;
        }

        return $"kops {command} is unknown";
    }

    private static FlagKind Kind(string kind) =>
        kind switch
        {
            "bool" => FlagKind.Switch,
            "strings" or "stringArray" => FlagKind.List,
            "int" or "int32" or "Level" => FlagKind.Integer,
            _ => FlagKind.Text,
        };
}
