using Kops.Cli.CommandLine;
using Kops.Cli.Hosting;
using Kops.Cli.Input;
using Kops.Operations.Toolbox;

namespace Kops.Cli.Commands.Toolbox;

/// <summary><c>kops toolbox graph</c>: what a cluster needs in its cloud, as a picture.</summary>
internal static class GraphCommand
{
    private static readonly Flag<string?> Output = Flag.Text(
        "output",
        "What to write: a picture, or a text that Graphviz or Mermaid draws"
    ) with
    {
        Short = "o",
        Default = "svg",
        Choices = GraphCluster.Formats,
    };

    public static CommandSpec Spec { get; } =
        new("toolbox graph", "Draw what a cluster needs in its cloud")
        {
            Arguments = "[CLUSTER]",
            MaxArguments = 1,
            Values = ValueSource.Cluster,
            Description =
                "Each box stands to the right of all that it needs. Networks, rights and machines have colours of their own; what you\n"
                + "brought along has a dashed border. Details, such as the rules of a firewall, are counted. No cloud is asked.",
            Examples =
            [
                ("A picture for a browser", "kops toolbox graph demo.example.com > demo.svg"),
                ("In a page that Mermaid draws", "kops toolbox graph demo.example.com -o mermaid"),
                ("Laid out by Graphviz", "kops toolbox graph demo.example.com -o dot | dot -Tpng > demo.png"),
            ],
            Flags = [Output],
            Run = RunAsync,
        };

    private static async Task<int> RunAsync(Invocation run, CancellationToken cancellationToken)
    {
        var state = await run.Session.GetClusterAsync(ClusterNames.Find(run), cancellationToken);
        run.Out.Write(await GraphCluster.RunAsync(run.Session, state, run.Get(Output)!, cancellationToken));
        return ExitCode.Done;
    }
}
