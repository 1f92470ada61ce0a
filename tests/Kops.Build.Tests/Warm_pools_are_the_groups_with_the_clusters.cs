using Kops.Api;
using Kops.Model.Machines;

namespace Kops.Build.Tests;

/// <summary>A group has the cluster's warm pool, with what it says itself on top; control planes have their own alone (kOps).</summary>
public sealed class Warm_pools_are_the_groups_with_the_clusters
{
    [Theory]
    [InlineData("Node", null, null, "none")]
    [InlineData("Node", "min 1 max 5 hook", null, "min 1 max 5 hook")]
    [InlineData("Node", "min 1 max 5 hook", "", "min 1 max 5 hook")]
    [InlineData("Node", "min 1 max 5 hook", "max 3", "min 1 max 3 hook")]
    [InlineData("Node", "min 1 max 5", "hook min 2", "min 2 max 5 hook")]
    [InlineData("Node", "max 0", "min 1", "none")]
    [InlineData("Node", "max 5", "max 0", "none")]
    [InlineData("Node", null, "max 3", "max 3")]
    [InlineData("APIServer", "min 1", "", "min 1")]
    [InlineData("Master", "min 1 max 5 hook", null, "none")]
    [InlineData("Bastion", "min 1 max 5 hook", null, "none")]
    public void As_they_say(string role, string? cluster, string? group, string expected)
    {
        var (spec, own) = (new ClusterSpec(), new InstanceGroup());
        own.Spec.Role = role;
        if (cluster is not null)
            Fill(spec.EnsureWarmPool(), cluster);
        if (group is not null)
            Fill(own.Spec.EnsureWarmPool(), group);

        Assert.Equal(expected, WarmPools.Of(spec, own) is { } pool ? Text(pool) : "none");
    }

    private static void Fill(WarmPoolSpec pool, string text)
    {
        var words = text.Split(' ');
        if (Array.IndexOf(words, "min") is var min and >= 0)
            pool.MinSize = long.Parse(words[min + 1]);
        if (Array.IndexOf(words, "max") is var max and >= 0)
            pool.MaxSize = long.Parse(words[max + 1]);
        if (words.Contains("hook"))
            pool.EnableLifecycleHook = true;
    }

    private static string Text(WarmPoolSpec pool) =>
        string.Join(
            ' ',
            new[]
            {
                pool.MinSize is { } min and not 0 ? $"min {min}" : null,
                pool.MaxSize is { } max ? $"max {max}" : null,
                pool.EnableLifecycleHook == true ? "hook" : null,
            }.OfType<string>()
        );
}
