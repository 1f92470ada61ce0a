using System.Runtime.CompilerServices;

namespace Kops.Templates.Faults;

/// <summary>Ends a recursion over a value or a tree before it ends the process.</summary>
internal static class StackGuard
{
    /// <summary>How deep lists and maps may lie within each other where something walks through all of them.</summary>
    public const int DeepestValue = 500;

    /// <summary>Throws where <paramref name="depth"/> is too deep, or the stack too short for another step.</summary>
    public static void Check(int depth)
    {
        if (depth > DeepestValue || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
            throw new FunctionException($"value is nested more than {DeepestValue} levels deep, or holds itself");
    }
}
