using Kops.Cli.CommandLine;
using Kops.Cli.Hosting;
using Kops.Cli.Input;
using Kops.Cli.Output;
using Kops.Cli.Planning;
using Kops.Operations.Terraform;
using Kops.Operations.Terraform.Folders;
using Kops.Terraform;

namespace Kops.Cli.Terraform;

/// <summary>
/// <c>--target terraform</c>. As with kOps, it is written without <c>--yes</c>, since nothing is made in the cloud by that; with
/// <c>--exit-code</c> it is only looked at.
/// </summary>
internal static class TerraformTarget
{
    private static readonly Flag<string?> Out = Flag.Text("out", "With --target terraform: folder to write into") with
    {
        Default = Path.Join("out", "terraform"),
        Values = ValueSource.File,
    };

    private static readonly Flag<string?> Format = Flag.Text(
        "out-format",
        "With --target terraform: Terraform's own language, or its JSON"
    ) with
    {
        Default = "hcl",
        Choices = ["hcl", "json"],
    };

    private static readonly Flag<string?> Phase = Flag.Text(
        "phase",
        "With --target terraform: write what belongs to this phase and those before it"
    ) with
    {
        Choices = ["network", "security", "cluster"],
    };

    private static readonly Flag<IReadOnlyList<string>> Overrides = Flag.List(
        "lifecycle-overrides",
        "With --target terraform: leave out what others care for: SecurityGroup=Ignore"
    );

    private static readonly PlannedCommand<TerraformPlan> Planned = new()
    {
        Plan = static (run, cancellationToken) => PlanAsync(run, ClusterNames.Find(run), cancellationToken),
        IsAgreed = IsAgreed,
        Show = Show,
        Ask = "\nNothing was written. Without --exit-code it is",
        Apply = ApplyAsync,
    };

    /// <summary>The flag that creating a cluster takes, too.</summary>
    public static Flag OutFlag => Out;

    /// <summary>The flags that mean something to this target alone.</summary>
    public static IReadOnlyList<Flag> Flags { get; } = [Out, Format, Phase, Overrides];

    /// <summary>Writes the configuration of a cluster.</summary>
    public static async Task<int> UpdateAsync(Invocation run, string name, CancellationToken cancellationToken) =>
        await PlanAsync(run, name, cancellationToken) is { } plan ? await Planned.RunAsync(run, plan, cancellationToken) : ExitCode.Done;

    private static async Task<TerraformPlan?> PlanAsync(Invocation run, string name, CancellationToken cancellationToken)
    {
        var request = new TerraformRequest(run.Get(Out)!)
        {
            Selection = LifecycleOverrides.Select(run.Get(Phase), run.Get(Overrides)),
            Syntax = run.Get(Format) == "json" ? TerraformSyntax.Json : TerraformSyntax.Hcl,
            Options = await UpdateFlags.ReadAsync(run, cancellationToken),
        };
        var state = await run.Session.ReadClusterToChangeAsync(name, cancellationToken);
        var plan = await UpdateTerraform.PlanAsync(run.Session, state, request, cancellationToken);
        if (!plan.IsEmpty)
        {
            if (IsAgreed(run))
                plan.Addons.Check(name);
            return plan;
        }

        if (plan.Gaps.Count == 0)
            run.Out.WriteLine($"No changes need to be applied: {plan.Folder.Path} is up to date");
        else
        {
            run.Out.WriteLine($"{plan.Folder.Path} is up to date");
            WriteGaps(run, plan);
        }

        return null;
    }

    private static void Show(Invocation run, TerraformPlan plan)
    {
        if (!plan.Store.IsEmpty)
        {
            run.Out.WriteLine("In the state store:");
            ChangeText.Write(run, plan.Store);
        }

        WriteGaps(run, plan);
        run.Out.WriteLine($"In {plan.Folder.Path}:");
        foreach (var file in plan.Folder.Files)
        {
            if (Sign(file.State) is { } sign)
                run.Out.WriteLine($"{sign} {file.Path}");
        }
    }

    private static void WriteGaps(Invocation run, TerraformPlan plan)
    {
        foreach (var gap in plan.Gaps)
            run.Error.WriteLine($"Note: not written: {gap}");
    }

    private static bool IsAgreed(Invocation run) => run.Get(PlanFlags.Yes) || !run.Get(PlanFlags.ExitCode);

    private static char? Sign(FolderFileState state) =>
        state switch
        {
            FolderFileState.New => '+',
            FolderFileState.Changed => '~',
            FolderFileState.Foreign => '!',
            FolderFileState.Obsolete => '-',
            _ => null,
        };

    private static async Task ApplyAsync(Invocation run, TerraformPlan plan, CancellationToken cancellationToken)
    {
        await UpdateTerraform.ApplyAsync(run.Session, plan, run.Get(PlanFlags.Yes), cancellationToken);
        // In the words of kOps.
        run.Out.WriteLine($"\nTerraform output has been placed into {plan.Folder.Path}");
        run.Out.WriteLine(
            $"Run these commands to apply the configuration:\n   cd {plan.Folder.Path}\n   terraform plan\n   terraform apply\n"
        );
    }
}
