using Kops.Api;
using Kops.Model.Flags;
using Kops.Model.NewCluster;

namespace Kops.Model.Merging;

/// <summary>What a flag does to a cluster that exists.</summary>
internal abstract record MergeRule(string Flag)
{
    /// <summary>Does it.</summary>
    /// <exception cref="InvalidFlagException">The flag cannot be merged, and asks for something else than there is.</exception>
    public abstract void Merge(MergeTarget target, ClusterFlags flags);

    /// <summary>Takes out what the flag said the last time and does not say now, where merging alone only adds.</summary>
    public virtual void Withdraw(MergeTarget target, ClusterFlags said, ClusterFlags flags) { }

    /// <summary>The flag changes fields that can be changed at any time.</summary>
    internal sealed record Change(string Flag, Action<MergeTarget, ClusterFlags> Apply) : MergeRule(Flag)
    {
        /// <summary>For a flag that names some keys of a map: takes its key out.</summary>
        public KeysOfAMap? Keys { get; init; }

        /// <summary>
        /// Whether what it does depends on which groups there are, so that it is done only when the flag says something else than before.
        /// </summary>
        public bool Deals { get; init; }

        public override void Merge(MergeTarget target, ClusterFlags flags) => Apply(target, flags);

        public override void Withdraw(MergeTarget target, ClusterFlags said, ClusterFlags flags)
        {
            if (Keys is null)
                return;
            foreach (var key in Keys.Of(said).Except(Keys.Of(flags), StringComparer.Ordinal))
                Keys.Remove(target.Spec, key);
        }
    }

    /// <summary>The keys that a flag names, and how one is taken out of the cluster.</summary>
    internal sealed record KeysOfAMap(Func<ClusterFlags, IEnumerable<string>> Of, Action<ClusterSpec, string> Remove);

    /// <summary>
    /// The flag shapes what is made once. It may be given again as long as it says what is there, so that the command that made a
    /// cluster can be run again; else the user is told what to do instead.
    /// </summary>
    /// <param name="Flag">The flag.</param>
    /// <param name="Current">What is there, in the flag's own words; several answers are alternatives.</param>
    /// <param name="Advice">What to do instead.</param>
    internal sealed record Fixed(string Flag, Func<MergeTarget, IEnumerable<IEnumerable<string?>>> Current, string Advice) : MergeRule(Flag)
    {
        /// <summary>Other words for the same value.</summary>
        public Func<string, string> Normalize { get; init; } = value => value;

        /// <summary>Whether what is asked for says the same as what is there in other cases than those of equal words.</summary>
        public Func<MergeTarget, IReadOnlySet<string>, IReadOnlySet<string>, bool> Suits { get; init; } = static (_, _, _) => false;

        public override void Merge(MergeTarget target, ClusterFlags flags)
        {
            var flag = ClusterFlagTable.Find(Flag)!;
            if (flag.Clouds.Count > 0 && !flag.Clouds.Contains(target.CloudName))
            {
                target.Warnings.Add($"--{Flag} means nothing on {target.CloudName}");
                return;
            }

            var asked = Set(flag.Get(flags)!);
            HashSet<string>[] current = [.. Current(target).Select(Set)];
            if (current.Any(there => asked.SetEquals(there) || Suits(target, asked, there)))
                return;
            var now = current.Length > 0 && current[0].Count > 0 ? string.Join(",", current[0].Order(StringComparer.Ordinal)) : "not set";
            throw new InvalidFlagException(
                Flag,
                $"--{Flag} {string.Join(",", asked.Order(StringComparer.Ordinal))} cannot be merged into the cluster "
                    + $"'{target.Cluster.Metadata.Name}', which has {now}: {Advice}"
            );
        }

        private HashSet<string> Set(IEnumerable<string?> values) =>
            [.. values.OfType<string>().Where(value => value.Length > 0).Select(Normalize)];
    }
}
