namespace Kops.Vfs;

/// <summary>The kinds of <see cref="WriteCondition"/>.</summary>
public enum WriteConditionKind
{
    /// <summary>No condition.</summary>
    Any,

    /// <summary>The key must be free.</summary>
    IfAbsent,

    /// <summary>The key must hold a given version.</summary>
    IfMatch,
}
