using Kops.Api.Documents;
using Kops.Build.Trees;

namespace Kops.Build.Addons.Functions;

/// <summary>Taints as instance groups write them: <c>key=value:NoSchedule</c>, or <c>key:NoSchedule</c>.</summary>
internal static class Taints
{
    public static Node Of(string taint)
    {
        var (rest, effect) = Cut(taint, ':');
        var (key, value) = Cut(rest, '=');
        return Tree.Map(("key", Tree.Text(key)), ("value", Tree.Some(value)), ("effect", Tree.Text(effect)));
    }

    private static (string Before, string After) Cut(string text, char sign) =>
        text.IndexOf(sign) is var at and >= 0 ? (text[..at], text[(at + 1)..]) : (text, string.Empty);
}
