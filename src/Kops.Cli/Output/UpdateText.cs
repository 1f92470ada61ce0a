using Kops.Api.Values;
using Kops.Cli.CommandLine;
using Kops.Operations.Updates;

namespace Kops.Cli.Output;

/// <summary>The plan of an update for people: each change by who notices it, and what is to be done afterwards.</summary>
internal static class UpdateText
{
    public static void Write(Invocation run, UpdatePlan plan)
    {
        foreach (var part in plan.Effects.GroupBy(Heading).OrderBy(part => part.Min(effect => effect.By)).ThenBy(part => part.Key))
        {
            run.Out.WriteLine($"\n{part.Key}:");
            ChangeText.Write(run, part.Select(effect => effect.File));
        }

        if (plan.Edits.Count > 0)
            Edits(run, plan);
        else if (!plan.KnowsEdits)
            run.Out.WriteLine(
                "\nWhat was edited in instance groups since the last update is not known: this program did not make it, or the cluster "
                    + "came from another store. It is kept from now on."
            );
        if (plan.NewKeysets.Count > 0)
            run.Out.WriteLine($"\nNew keys: {string.Join(", ", plan.NewKeysets)}");
        if (plan.NewUserData is { Count: > 0 } told)
            run.Out.WriteLine($"\nOther user data (what machines run first) for: {string.Join(", ", told)}");
        if (Waiting(plan) is { } waiting)
            run.Out.WriteLine("\n" + waiting);
        if (plan.RollingUpdates is { Count: > 0 } groups)
            run.Out.WriteLine($"\nA rolling update is wanted by: {string.Join(", ", groups)}");
    }

    /// <summary>That nodes wait for the control plane to be upgraded, and what to do then; null where they do not.</summary>
    public static string? Waiting(UpdatePlan plan) =>
        plan.NodesKeep is { } version
            ? $"Nodes keep Kubernetes {version} while the control plane is upgraded.\n"
                + "Replace its machines, then give nodes the new version:\n"
                + $"kops update cluster {plan.Changes.Cluster} --ignore-kubelet-version-skew --yes"
            : null;

    /// <summary>What is not done, whatever else is; null where that is nothing.</summary>
    public static string? Undone(UpdatePlan plan) =>
        plan.Undone.Count == 0
            ? null
            : "Not done:"
                + string.Concat(plan.Undone.Select(undone => $"\n  {PlainText.Of(undone)}"))
                + (plan.Addons.IsRefused ? "\n--yes is refused: name a source with --addons-source, or go --without-addons." : string.Empty)
                + (
                    plan.Edits.Count > 0
                        ? "\nWhat was edited in instance groups has effect on machines once Terraform or kOps takes it over."
                        : string.Empty
                );

    private static string Heading(UpdateEffect effect) =>
        effect.By switch
        {
            Noticed.ByControlPlane => $"Noticed by the control plane ({string.Join(", ", effect.Groups)})",
            Noticed.ByNodes => $"Noticed by the machines of {string.Join(", ", effect.Groups)}",
            _ => "Noticed by no machine",
        };

    private static void Edits(Invocation run, UpdatePlan plan)
    {
        run.Out.WriteLine("\nEdited in instance groups since the last update:");
        foreach (var edit in plan.Edits)
        {
            run.Out.WriteLine($"  {edit.Group}{(edit.IsNew ? " (new)" : edit.IsGone ? " (gone)" : string.Empty)}");
            foreach (var line in Kops.Api.Diff.DiffText.Lines(edit.Fields))
                run.Out.WriteLine("    " + run.Host.Console.Paint(line.Kind, line.Text));
        }
    }
}
