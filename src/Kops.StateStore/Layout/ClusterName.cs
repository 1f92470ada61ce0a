using Kops.Api.Values;
using Kops.StateStore.Errors;

namespace Kops.StateStore.Layout;

/// <summary>
/// Rules for names that become one segment of a key. A cluster's name is one segment: kOps creates none with a slash (its validation
/// asks for a DNS name), so that one delimited listing of the root finds every cluster.
/// </summary>
internal static class ClusterName
{
    /// <summary>Gives the cluster's name back when it can be one.</summary>
    /// <exception cref="StateStoreException">It cannot.</exception>
    public static string Check(string name)
    {
        Segment(name, "cluster name");
        return name.StartsWith('.')
            ? throw new StateStoreException(
                StateErrorKind.Invalid,
                $"the cluster name '{PlainText.Of(name)}' starts with a dot; a cluster bears a DNS name such as demo.example.com"
            )
            : name;
    }

    /// <summary>Gives a name back when it can be one segment of a key.</summary>
    /// <param name="name">The name.</param>
    /// <param name="what">What it names, for the message.</param>
    /// <exception cref="StateStoreException">It cannot.</exception>
    public static string Segment(string name, string what)
    {
        ArgumentNullException.ThrowIfNull(name);
        var problem =
            name.Length == 0 ? "is empty"
            : name is "." or ".." ? "is a step in a path, not a name"
            : name.Contains('/', StringComparison.Ordinal) || name.Contains('\\', StringComparison.Ordinal) ? "contains a slash"
            : name.Any(char.IsControl) ? "contains a control character"
            : null;
        return problem is null
            ? name
            : throw new StateStoreException(StateErrorKind.Invalid, $"the {what} '{PlainText.Of(name)}' {problem}");
    }
}
