using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;
using Kops.Cli.CommandLine;
using Kops.Cli.Output;
using Kops.Cli.Tests.Support;
using Xunit;

namespace Kops.Cli.Tests;

/// <summary>What <c>-o json</c> prints holds what its schema in the documentation promises, and nothing that it does not name.</summary>
public sealed class OutputSchemaTests : IDisposable
{
    private const string Name = "demo.example.com";
    private static readonly JsonNode s_schemas = JsonNode.Parse(PageSamples.Read("reference/outputs.schema.json"))!;
    private readonly Desk _desk = new();

    public OutputSchemaTests() => _desk.Environment["KOPS_STATE_STORE"] = _desk.PathOf("state");

    public void Dispose() => _desk.Dispose();

    [Fact]
    public async Task Every_line_for_programs_is_what_its_schema_says()
    {
        await RunAsync("create", "cluster", Name, "--cloud", "aws", "--zones", "us-east-1a,us-east-1b");
        await MatchesAsync("edit", "edit", "cluster", Name, "--set", "spec.channel=alpha");
        await MatchesAsync("edit", "edit", "ig", "nodes-us-east-1a", "--name", Name, "--set", "spec.maxSize=5");
        await MatchesAsync("update", "update", "cluster", Name);
        await MatchesAsync("addons", "addons", Name);
        await MatchesAsync("upgrade", "upgrade", "cluster", Name, "--kubernetes-version", "1.36.3");
        await MatchesAsync("change", "history", Name);
        var change = JsonNode.Parse((await LinesAsync("history", Name, "-n", "1"))[0])!["id"]!.GetValue<string>();
        await MatchesAsync("changeShown", "history", "show", change);
        await MatchesAsync("changes", "undo", change);
        await MatchesAsync("prune", "history", "prune", "--keep", "1");
        await MatchesAsync("listed", "state", "ls");
        await MatchesAsync("listed", "state", "ls", Name);
        await MatchesAsync("size", "state", "du");
        await MatchesAsync("transfer", "state", "copy", Name, _desk.PathOf("copy"));
        _desk.Write("copy/more", "more");
        await MatchesAsync("difference", "state", "verify", Name, _desk.PathOf("copy"));
        await MatchesAsync("right", "state", "check");
        await RunAsync("state", "pull", _desk.PathOf("pulled"));
        await MatchesAsync("push", "state", "push", _desk.PathOf("pulled"));
        await MatchesAsync("move", "state", "move", Name, "--to", _desk.PathOf("there"));
        await MatchesAsync("changes", "delete", "instancegroup", "nodes-us-east-1b", "--name", Name);
        await MatchesAsync("changes", "delete", "cluster", Name);
        await MatchesAsync("changes", "delete", "cluster", Name, "--yes");
        await MatchesAsync("setting", "state", "init");
    }

    [Fact]
    public async Task A_plan_for_programs_says_whether_it_was_carried_out()
    {
        await RunAsync("create", "cluster", Name, "--cloud", "aws", "--zones", "us-east-1a,us-east-1b");

        var plan = JsonNode.Parse((await LinesAsync("delete", "cluster", Name))[0])!;
        var deed = JsonNode.Parse((await LinesAsync("delete", "cluster", Name, "--yes"))[0])!;

        Assert.False(plan["done"]!.GetValue<bool>());
        Assert.True(deed["done"]!.GetValue<bool>());
        Assert.Equal(plan["changes"]!.ToJsonString(), deed["changes"]!.ToJsonString());
    }

    [Fact]
    public async Task No_secret_is_in_what_programs_read()
    {
        await RunAsync("create", "cluster", Name, "--cloud", "aws", "--zones", "us-east-1a,us-east-1b");
        await RunAsync("update", "cluster", Name, "--yes");

        var lines = await LinesAsync("delete", "cluster", Name, "--unregister");

        Assert.Contains("\"secret\":true", lines[0], StringComparison.Ordinal);
        Assert.DoesNotContain("PRIVATE KEY", lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_that_a_command_does_not_have_is_refused()
    {
        var run = await _desk.RunAsync("history", "-o", "yaml");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("table and json", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_command_with_that_output_stands_on_the_page()
    {
        var page = PageSamples.Read("scripts.md");

        Assert.All(
            CommandTable.All.Where(spec => spec.Flags.Contains(OutputFlag.TableOrJson)),
            spec => Assert.Contains($"`{spec.Path}`", page, StringComparison.Ordinal)
        );
    }

    private async Task MatchesAsync(string schema, params string[] arguments)
    {
        var text = new JsonObject { ["$ref"] = $"#/$defs/{schema}", ["$defs"] = s_schemas["$defs"]!.DeepClone() };
        var check = JsonSchema.FromText(text.ToJsonString());
        var lines = await LinesAsync(arguments);
        Assert.NotEmpty(lines);
        foreach (var line in lines)
        {
            var result = check.Evaluate(JsonNode.Parse(line), new EvaluationOptions { OutputFormat = Json.Schema.OutputFormat.List });
            var problems = result.Details.Where(detail => detail.HasErrors).Select(detail => JsonSerializer.Serialize(detail.Errors));
            Assert.True(result.IsValid, $"kops {string.Join(' ', arguments)}\n{line}\n{string.Join('\n', problems)}");
        }
    }

    private async Task<string[]> LinesAsync(params string[] arguments)
    {
        var run = await _desk.RunAsync([.. arguments, "-o", "json"]);
        // That trees differ is told by the code of the program.
        Assert.True(run.ExitCode is 0 or 6, $"kops {string.Join(' ', arguments)}: {run.Error}");
        return run.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private async Task RunAsync(params string[] arguments)
    {
        var run = await _desk.RunAsync(arguments);
        Assert.True(run.ExitCode == 0, run.Error);
    }
}
