using Kops.Build.Input;
using Kops.Cli.Clouds;
using Kops.Cli.CommandLine;
using Kops.Cli.Git;
using Kops.Cli.Input;
using Kops.Cli.Output;
using Kops.Cli.Planning;
using Kops.Model.Flags;
using Kops.Operations;

namespace Kops.Cli;

/// <summary>Begins the work on clusters, as the user's flags and variables say.</summary>
internal static class Sessions
{
    public static ClusterSession Open(Invocation run) =>
        new(run.State, run.Host.Time, run.Title)
        {
            Tell = happened => EventText.Write(run, happened),
            AfterChange = change => GitCommits.CommitAsync(run, change.Changes, change.Id),
            Knowledge = Knowledge.Of(run),
            Variables = BuildVariables.Read(run.Host.Variable),
            Features = FeatureFlags.Parse(run.Host.Variable("KOPS_FEATURE_FLAGS")),
            AllowUnknownFields = run.Get(InputFlags.AllowUnknownFields),
            IsForShow = (run.Spec.Flags.Contains(PlanFlags.Yes) && !run.IsAgreed()) || run.Get(PlanFlags.DryRun),
            UnknownFieldsCure = run.Takes(InputFlags.AllowUnknownFields)
                ? $"fields of a newer kOps are kept with --{InputFlags.AllowUnknownFields.Name}"
                : null,
        };
}
