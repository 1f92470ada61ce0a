namespace Kops.Resources.Values;

/// <summary>Whose a resource is.</summary>
public enum Ownership
{
    /// <summary>The cluster's: made with it and deleted with it.</summary>
    Owned,

    /// <summary>The user's, who gave its id. It is neither made nor changed nor deleted.</summary>
    Shared,
}
