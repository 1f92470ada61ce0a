using System.Text.RegularExpressions;
using Kops.Cli.Tests.Support;
using Kops.Operations.Tests.Clusters;
using Kops.StateStore;
using Kops.StateStore.Changes.Journal;
using Kops.Vfs;
using Xunit;

namespace Kops.Cli.Tests;

/// <summary>What a program does through the operations alone leaves what the commands leave.</summary>
public sealed partial class ClusterLifeTests : IDisposable
{
    private const string Name = ClusterLife.Name;
    private readonly Desk _desk = new();

    public void Dispose() => _desk.Dispose();

    [Fact]
    public async Task A_program_and_the_commands_leave_the_same_files_and_the_same_records_after_each_step()
    {
        var program = await RunProgramAsync("program");
        var commands = await RunCommandsAsync("command");

        Assert.Equal(commands.Keys, program.Keys);
        Assert.All(commands, step => Assert.Equal(step.Value, program[step.Key]));
    }

    private async Task<Dictionary<string, string>> RunProgramAsync(string directory)
    {
        await using var stores = _desk.OpenStores();
        var author = new ChangeAuthor("somebody", "host", "a program", "kops 0");
        var (here, there) = (Open($"{directory}/here"), Open($"{directory}/there"));
        var steps = new Dictionary<string, string>();
        await ClusterLife.RunAsync(
            here,
            there,
            stores,
            author,
            step =>
            {
                steps[step] = Tree(directory);
                return Task.CompletedTask;
            }
        );
        return steps;

        ClusterStore Open(string path) => new(stores.Resolve(_desk.PathOf(path)), stores, TimeProvider.System, author);
    }

    private async Task<Dictionary<string, string>> RunCommandsAsync(string directory)
    {
        var (here, there) = (_desk.PathOf($"{directory}/here"), _desk.PathOf($"{directory}/there"));
        var steps = new Dictionary<string, string>();
        await RunAsync(here, "create", "cluster", Name, "--zones", "us-east-1a");
        steps["create"] = Tree(directory);
        await RunAsync(here, "edit", "cluster", Name, "--set", "spec.channel=alpha");
        steps["edit"] = Tree(directory);
        await RunAsync(here, "update", "cluster", Name, "--yes");
        steps["update"] = Tree(directory);
        await RunAsync(here, "state", "move", Name, "--to", there, "--yes");
        await RunAsync(there, "update", "cluster", Name, "--yes");
        await RunAsync(here, "state", "move", Name, "--finish", "--yes");
        steps["move"] = Tree(directory);
        await RunAsync(there, "delete", "cluster", Name, "--unregister", "--yes");
        steps["delete"] = Tree(directory);
        return steps;
    }

    private async Task RunAsync(string store, params string[] arguments)
    {
        var run = await _desk.RunAsync([.. arguments, "--state", store]);
        Assert.True(run.ExitCode == 0, run.Error);
    }

    /// <summary>
    /// Every file below a directory with its content, but for what is made by chance, tells the time, or says who did it and how.
    /// </summary>
    private string Tree(string directory)
    {
        var root = _desk.PathOf(directory);
        var files =
            from file in Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories)
            let name = Varying().Replace(Path.GetRelativePath(root, file), "*")
            let isChance = name.Contains("/pki/", StringComparison.Ordinal) || name.Contains("/secrets/", StringComparison.Ordinal)
            let text = isChance
                ? "(by chance)"
                : KeyText.WithoutKeys(File.ReadAllText(file)).Replace(root, "ROOT", StringComparison.Ordinal)
            select $"{name}\n{Said().Replace(Varying().Replace(text, "*"), "$1*")}";
        return string.Join('\n', files.Order(StringComparer.Ordinal));
    }

    /// <summary>Digests, names of changes and times; with the fraction of a second, or without.</summary>
    [GeneratedRegex("[0-9a-f]{64}|[0-9a-f]{32}|[0-9]{8}T[0-9]{6}Z-[0-9a-f]{8}|[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}(\\.[0-9]+)?Z")]
    private static partial Regex Varying();

    [GeneratedRegex("(\"(?:title|user|host|command|program|beforeVersion|afterVersion)\": ).*")]
    private static partial Regex Said();
}
