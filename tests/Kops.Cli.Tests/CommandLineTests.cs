using Kops.Cli.Commands;
using Kops.Cli.Tests.Support;
using Xunit;

namespace Kops.Cli.Tests;

public sealed class CommandLineTests : IDisposable
{
    private readonly Desk _desk = new();

    [Theory]
    [InlineData("version")]
    [InlineData("version", "--short=false")]
    [InlineData("version", "--short=0")]
    [InlineData("--state", "x", "version")]
    [InlineData("version", "-v", "2")]
    [InlineData("version", "-v=2")]
    [InlineData("version", "-v2")]
    [InlineData("version", "--v=2")]
    [InlineData("version", "--state=")]
    [InlineData("--logtostderr", "version")]
    public async Task Flags_are_written_as_in_kops(params string[] arguments)
    {
        var run = await _desk.RunAsync(arguments);

        Assert.Equal(0, run.ExitCode);
        Assert.Equal($"Client version: {VersionCommand.Number} (kOps {Kops.Model.Versions.Kops})\n", run.Out);
    }

    [Theory]
    [InlineData("unknown command 'vesion' for 'kops'; did you mean 'version'?", "vesion")]
    [InlineData("unknown command 'clustres' for 'kops get'; did you mean 'clusters'?", "get", "clustres")]
    [InlineData("unknown flag: --shrt; did you mean '--short'?", "version", "--shrt")]
    [InlineData("unknown flag: --shrt; did you mean '--short'?", "version", "--shrt=true")]
    [InlineData("unknown shorthand flag: -z", "version", "-z")]
    [InlineData("kops version takes no arguments, but 'x' was given", "version", "x")]
    [InlineData("kops version takes no arguments, but 'true' was given", "version", "--short", "true")]
    [InlineData("flag needs a value: --state", "version", "--state")]
    [InlineData("--short: 'maybe' is neither true nor false", "version", "--short=maybe")]
    [InlineData("--v: 'much' is not a whole number", "version", "-v", "much")]
    public async Task A_command_line_that_is_wrong_is_told_what_and_the_nearest_name(string message, params string[] arguments)
    {
        var run = await _desk.RunAsync(arguments);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Out);
    }

    [Theory]
    [InlineData("validate", "cluster", "demo.example.com", "--wait", "10m")]
    [InlineData("toolbox", "dump")]
    [InlineData("set", "cluster", "demo.example.com", "spec.channel=alpha")]
    [InlineData("unset", "cluster", "demo.example.com", "spec.channel")]
    [InlineData("update", "cluster", "demo.example.com", "--instance-group", "x")]
    public async Task What_is_not_here_yet_says_so(params string[] arguments)
    {
        var run = await _desk.RunAsync(arguments);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("is not supported yet", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_tells_usage_examples_flags_and_exit_codes()
    {
        var root = await _desk.RunAsync("--help");
        var version = await _desk.RunAsync("version", "-h");
        var byWord = await _desk.RunAsync("help", "version");

        Assert.Contains("3    conflict", root.Out, StringComparison.Ordinal);
        Assert.Contains("--short", version.Out, StringComparison.Ordinal);
        Assert.Equal(version.Out, byWord.Out);
    }

    [Fact]
    public async Task The_help_of_no_command_is_wider_than_80_columns()
    {
        var wide = new List<string>();
        foreach (var spec in CommandTable.All)
        {
            foreach (
                var more in (string[][])
                    [
                        ["--help"],
                        ["--help", "all"],
                    ]
            )
            {
                var help = await _desk.RunAsync([.. spec.Path.Split(' ', StringSplitOptions.RemoveEmptyEntries), .. more]);
                Assert.Equal(0, help.ExitCode);
                wide.AddRange(help.Out.Split('\n').Where(line => line.Length > 80).Select(line => $"{spec.Path}: {line}"));
            }
        }

        Assert.Empty(wide);
    }

    [Fact]
    public async Task Of_many_flags_help_shows_those_that_matter_first_and_the_others_on_request_by_subject()
    {
        var few = await _desk.RunAsync("create", "cluster", "--help");
        var all = await _desk.RunAsync("create", "cluster", "--help", "all");

        Assert.Contains("--zones LIST", few.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("--etcd-storage-type", few.Out, StringComparison.Ordinal);
        Assert.Contains("More flags, about: ", few.Out, StringComparison.Ordinal);
        Assert.Contains("\nEtcd:\n", all.Out, StringComparison.Ordinal);
        Assert.All(
            CommandTable.All.Single(spec => spec.Path == "create cluster").Flags.Where(flag => !flag.IsHidden),
            flag => Assert.Contains($"--{flag.Name}", all.Out, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Help_for_everything_names_the_commands_below_commands()
    {
        var run = await _desk.RunAsync("--help", "all");

        Assert.Contains("\n  state sync ", run.Out, StringComparison.Ordinal);
        Assert.Contains("\n  toolbox dump ", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Examples_in_help_can_be_pasted_into_a_shell_although_their_lines_are_broken()
    {
        var help = await _desk.RunAsync("update", "cluster", "--help");

        Assert.Contains(
            "kops update cluster demo.example.com --target terraform --out infra",
            help.Out.Replace(" \\\n      ", " ", StringComparison.Ordinal),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Every_command_has_help_and_every_shown_flag_too()
    {
        Assert.All(CommandTable.All, spec => Assert.NotEmpty(spec.Help));
        Assert.All(CommandTable.All.SelectMany(spec => spec.Flags).Where(flag => !flag.IsHidden), flag => Assert.NotEmpty(flag.Help));
    }

    [Fact]
    public void A_flag_name_takes_a_value_everywhere_or_nowhere()
    {
        var ambiguous = CommandTable
            .All.SelectMany(spec => spec.Flags)
            .SelectMany(flag => flag.Aliases.Prepend(flag.Name).Select(name => (name, IsBare: flag.ValueWhenBare is not null)))
            .GroupBy(pair => pair.name, StringComparer.Ordinal)
            .Where(group => group.Select(pair => pair.IsBare).Distinct().Count() > 1)
            .Select(group => group.Key);

        Assert.Empty(ambiguous);
    }

    [Fact]
    public void A_command_is_among_those_that_its_words_name_with_all_that_stands_above_it()
    {
        Assert.All(
            CommandTable.All,
            spec =>
            {
                var named = CommandTable.NamedIn(spec.Path.Split(' '));

                Assert.Contains(spec, named);
                Assert.Contains(named, other => other.Path == spec.Parent);
            }
        );
    }

    [Fact]
    public void A_run_makes_the_commands_that_its_words_name_and_no_others()
    {
        Assert.Equal(["", "version"], CommandTable.NamedIn(["-v", "2", "version"]).Select(spec => spec.Path));
        Assert.DoesNotContain(CommandTable.NamedIn(["get", "clusters"]), spec => spec.Path.StartsWith("create", StringComparison.Ordinal));
        Assert.Equal(CommandTable.All, CommandTable.NamedIn(["gett"]));
    }

    public void Dispose() => _desk.Dispose();
}
