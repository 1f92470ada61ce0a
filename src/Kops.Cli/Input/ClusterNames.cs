using Kops.Cli.CommandLine;
using Kops.Cli.Hosting;
using Kops.Cli.Kubeconfigs;
using Kops.Cli.Settings;

namespace Kops.Cli.Input;

/// <summary>Which cluster is meant: <c>--name</c>, the argument, <c>KOPS_CLUSTER_NAME</c>, the current context of kubectl.</summary>
internal static class ClusterNames
{
    private const string Variable = "KOPS_CLUSTER_NAME";

    /// <summary>The name for a command whose argument is a cluster.</summary>
    /// <param name="run">The command.</param>
    /// <param name="usesContext">Whether kubectl's current context counts; commands that create or destroy want to be told.</param>
    /// <exception cref="CommandException">No name, or two.</exception>
    /// <exception cref="Operations.OperationException">It cannot be a cluster's.</exception>
    public static string Find(Invocation run, bool usesContext = true) => Find(run, run.Arguments, usesContext);

    /// <summary>The name for a command one of whose arguments is a cluster.</summary>
    /// <param name="run">The command.</param>
    /// <param name="arguments">The arguments that may name it: none, or one.</param>
    /// <param name="usesContext">Whether kubectl's current context counts.</param>
    public static string Find(Invocation run, IReadOnlyList<string> arguments, bool usesContext = true)
    {
        if (arguments is not [var argument, ..])
            return FindBeside(run, usesContext);
        return run.Get(GlobalFlags.Name) is { Length: > 0 } flag
            ? throw CommandException.Usage($"the cluster is named twice: '{flag}' by --name and '{argument}' as an argument; leave one out")
            : Checked(run, argument);
    }

    /// <summary>The name for a command whose arguments are something else.</summary>
    public static string FindBeside(Invocation run, bool usesContext = true) =>
        TryFind(run.Host, run.Options, usesContext, run.Error) is { } name
            ? Checked(run, name)
            : throw CommandException.Usage(
                run.Spec.Values == ValueSource.Cluster
                    ? $"--name is required: name the cluster as an argument, with --name or in {Variable}"
                    : $"--name is required: name the cluster with --name or in {Variable}"
            );

    /// <summary>The name where it can be told without an argument; null when it cannot. For completion too.</summary>
    public static string? TryFind(KopsHost host, GlobalOptions options, bool usesContext, TextWriter? notes)
    {
        if (options.Name is { Length: > 0 } flag)
            return flag;
        if (host.Variable(Variable) is { } variable)
            return variable;
        if (!usesContext || Kubeconfig.CurrentCluster(host, notes) is not { } current)
            return null;
        notes?.WriteLine($"Using cluster from kubectl context: {current}\n");
        return current;
    }

    /// <summary>The name, when it can be a cluster's.</summary>
    public static string Checked(Invocation run, string name) => run.Session.CheckName(name);
}
