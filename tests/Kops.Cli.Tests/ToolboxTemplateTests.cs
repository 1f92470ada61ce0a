using Kops.Cli.Tests.Support;
using Xunit;

namespace Kops.Cli.Tests;

/// <summary><c>kops toolbox template</c>.</summary>
public sealed class ToolboxTemplateTests : IDisposable
{
    private readonly Desk _desk = new();

    public void Dispose() => _desk.Dispose();

    [Fact]
    public async Task Values_of_later_files_win_map_by_map()
    {
        var first = _desk.Write("a.yaml", "groups:\n  foo:\n    ami: ami-1\n    type: m4.large\n");
        var second = _desk.Write("b.yaml", "groups:\n  foo:\n    type: t2.large\n");

        var text = await RenderAsync("{{.groups.foo.ami}} {{.groups.foo.type}}", "--values", first, "--values", second);

        Assert.Equal("ami-1 t2.large", text);
    }

    [Theory]
    [InlineData("a=1", "{{printf \"%T\" .a}}", "int64")]
    [InlineData("a=true", "{{printf \"%T\" .a}}", "bool")]
    [InlineData("a=1.0", "{{printf \"%T %s\" .a .a}}", "string 1.0")]
    [InlineData("a=012", "{{.a}}", "012")]
    [InlineData("a=null", "{{printf \"%v\" .a}}", "<nil>")]
    [InlineData("a.b.c=x,a.b.d=y", "{{.a.b.c}}{{.a.b.d}}", "xy")]
    [InlineData("a={x,y,z}", "{{.a}}", "[x y z]")]
    [InlineData("a={}", "{{.a}}", "[]")]
    [InlineData("a={x,y},a[1]=z,a[3]=w", "{{.a}}", "[x z <nil> w]")]
    [InlineData("a[0].b=1,a[0].c=2", "{{(index .a 0).b}}{{(index .a 0).c}}", "12")]
    [InlineData("a[0][1]=1", "{{.a}}", "[[<nil> 1]]")]
    [InlineData("a\\.b=1", "{{index . \"a.b\"}}", "1")]
    [InlineData("a=x\\,y,b=", "{{.a}}|{{.b}}", "x,y|")]
    public async Task Values_can_be_set_one_by_one(string assignment, string template, string expected) =>
        Assert.Equal(expected, await RenderAsync(template, "--set", assignment));

    [Fact]
    public async Task Values_that_are_set_as_text_are_text()
    {
        var text = await RenderAsync(
            "{{.version}} {{.foo.bar}} {{printf \"%T\" (index .foo.myArray 0)}} {{.foo.myArray}}",
            "--set",
            "version=1.0,foo.bar=baz",
            "--set-string",
            "foo.myArray={1,2,3}"
        );

        Assert.Equal("1.0 baz string [1 2 3]", text);
    }

    [Theory]
    [InlineData("a", "'a' has no value")]
    [InlineData("a.b,c=1", "'b' has no value")]
    [InlineData("a[x]=1", "is not a place in a list")]
    [InlineData("a[99999999]=1", "is not a place in a list")]
    [InlineData("a={x", "a list is not closed")]
    [InlineData("a={x}y", "a comma has to follow")]
    public async Task What_cannot_be_set_is_named(string assignment, string problem)
    {
        var run = await _desk.RunAsync("toolbox", "template", "--template", _desk.Write("t", ""), "--set", assignment);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(problem, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Numbers_of_files_are_those_of_JSON()
    {
        var values = _desk.Write("v.yaml", "count: 3\nbig: 1000000\nt: true\nlist: [1, a]\nnothing: null\n");

        Assert.Equal(
            "3 1e+06 true [1 a] <nil> float64",
            await RenderAsync("{{.count}} {{.big}} {{.t}} {{.list}} {{printf \"%v %T\" .nothing .count}}", "--values", values)
        );
    }

    [Fact]
    public async Task Documents_of_several_templates_and_directories_are_divided()
    {
        _desk.Write("groups/b.yaml", "b: {{.x}}\n");
        _desk.Write("groups/a/z.yaml", "z: 1");
        var cluster = _desk.Write("cluster.yaml", "a: {{.x}}\n");

        var run = await _desk.RunAsync("toolbox", "template", "--template", cluster, "--template", _desk.PathOf("groups"), "--set", "x=1");

        Assert.Equal("a: 1\n---\nz: 1\n---\nb: 1\n", run.Out);
    }

    [Fact]
    public async Task Snippets_are_included_by_name_and_indented_behind_what_stands_before_them()
    {
        _desk.Write("snippets/deep/docker", "storage: {{.storage}}\n\nlog: 1");

        var text = await RenderAsync(
            "spec:\n  docker:\n    {{ include \"docker\" . | indent 4 }}\n",
            "--snippets",
            _desk.PathOf("snippets"),
            "--set",
            "storage=x"
        );

        Assert.Equal("spec:\n  docker:\n    storage: x\n\n    log: 1\n", text);
    }

    [Fact]
    public async Task YAML_is_formatted_where_that_is_asked_for()
    {
        var text = await RenderAsync("b:   1\na: \"x\"\n---\n\n---\nlist:\n    - 1000000\n", "--format-yaml");

        Assert.Equal("a: x\nb: 1\n---\nlist:\n- 1000000\n", text);
    }

    [Fact]
    public async Task What_is_no_YAML_is_told_where_it_is_to_be_formatted()
    {
        var run = await _desk.RunAsync("toolbox", "template", "--template", _desk.Write("t.yaml", "a: [\n"), "--format-yaml");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("t.yaml renders", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_value_that_is_missing_is_an_error_with_its_place_unless_that_is_turned_off()
    {
        var template = _desk.Write("t.yaml", "a: 1\nb: {{.x.y}}\n");

        var strict = await _desk.RunAsync("toolbox", "template", "--template", template);
        var lenient = await _desk.RunAsync("toolbox", "template", "--template", template, "--fail-on-missing=false");

        Assert.Equal(1, strict.ExitCode);
        Assert.Contains("t.yaml:2:7", strict.Error, StringComparison.Ordinal);
        Assert.Contains("map has no entry for key \"x\"", strict.Error, StringComparison.Ordinal);
        Assert.Empty(strict.Out);
        Assert.Equal("a: 1\nb: <no value>\n", lenient.Out);
    }

    [Fact]
    public async Task The_cluster_is_named_by_argument_flag_or_variable()
    {
        var template = _desk.Write("t", "{{.clusterName}}");

        Assert.Equal("a.example.com", (await _desk.RunAsync("toolbox", "template", "a.example.com", "--template", template)).Out);
        Assert.Equal("b.example.com", (await _desk.RunAsync("toolbox", "template", "--name", "b.example.com", "--template", template)).Out);
        Assert.Equal("c", await RenderAsync("{{.clusterName}}", "--set", "clusterName=c"));
        _desk.Environment["KOPS_CLUSTER_NAME"] = "d.example.com";
        Assert.Equal("d.example.com", await RenderAsync("{{.clusterName}}"));
    }

    [Fact]
    public async Task The_channel_answers()
    {
        var channel = _desk.Write(
            "channel.yaml",
            """
            spec:
              images:
              - name: ami/for-arm
                providerID: aws
                architectureID: arm64
                kubernetesVersion: ">=1.30.0"
              kubernetesVersions:
              - range: ">=1.30.0"
                recommendedVersion: 1.36.9
                requiredVersion: 1.30.0
              kopsVersions:
              - range: ">=1.30.0-alpha.1"
                recommendedVersion: 1.36.0
                kubernetesVersion: 1.35.1
            """
        );

        var text = await RenderAsync(
            "{{ChannelRecommendedKubernetesUpgradeVersion \"1.34.0\"}} {{ChannelRecommendedKubernetesUpgradeVersion \"1.37.0\"}} "
                + "{{ChannelRecommendedKopsKubernetesVersion}} {{ChannelRecommendedImage \"aws\" \"1.34.0\" \"arm64\"}}",
            "--channel",
            channel
        );

        Assert.Equal("1.36.9 1.37.0 1.35.1 ami/for-arm", text);
    }

    [Fact]
    public async Task The_environment_and_functions_of_sprig_are_there()
    {
        _desk.Environment["REGION"] = "eu";

        Assert.Equal("EU 3", await RenderAsync("{{env \"REGION\" | upper}} {{list 1 2 3 | len}}"));
    }

    [Fact]
    public async Task A_value_can_be_shown_and_nothing_be_rendered()
    {
        var values = _desk.Write("v.yaml", "a: [1, 2]\n");

        Assert.Equal("[1 2]\n", (await _desk.RunAsync("toolbox", "template", "--values", values, "--config-value", "a")).Out);
        Assert.Equal("null\n", (await _desk.RunAsync("toolbox", "template", "--values", values, "--config-value", "b")).Out);
    }

    [Fact]
    public async Task The_output_can_be_a_file()
    {
        var file = _desk.PathOf("out.yaml");

        var run = await _desk.RunAsync("toolbox", "template", "--template", _desk.Write("t", "x\n"), "--out", file);

        Assert.Equal(0, run.ExitCode);
        Assert.Empty(run.Out);
        Assert.Equal("x\n", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Nothing_to_render_is_a_mistake_and_a_file_that_is_not_there_is_named()
    {
        var nothing = await _desk.RunAsync("toolbox", "template");
        var missing = await _desk.RunAsync("toolbox", "template", "--template", _desk.PathOf("no"));

        Assert.Equal(2, nothing.ExitCode);
        Assert.Contains("--template", nothing.Error, StringComparison.Ordinal);
        Assert.NotEqual(0, missing.ExitCode);
        Assert.Contains("there is no file", missing.Error, StringComparison.Ordinal);
    }

    private async Task<string> RenderAsync(string template, params string[] flags)
    {
        var run = await _desk.RunAsync(["toolbox", "template", "--template", _desk.Write("template", template), .. flags]);
        Assert.True(run.ExitCode == 0, run.Error);
        return run.Out;
    }
}
