// Two folders in a ring, and one that is in none: what the graph of folders is shown to find.
namespace Kops.Architecture.Tests.Folders.Example.Left
{
    internal static class Caller
    {
        // Only the body tells.
        public static string Call() => Enumerable.Range(0, 1).Select(_ => Right.Callee.Answer()).First().ToString()!;
    }

    internal sealed record Held;
}

namespace Kops.Architecture.Tests.Folders.Example.Right
{
    internal static class Callee
    {
        public static object Answer() => new();
    }

    // Only an argument of a generic type tells.
    internal sealed record Holder(IReadOnlyList<Left.Held[]> Items);
}

namespace Kops.Architecture.Tests.Folders.Example.Above
{
    internal sealed record Reader(Right.Holder Holder);
}
