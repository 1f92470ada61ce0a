namespace Kops.Vfs.Conformance.Errors;

/// <summary>Which troubles there can be with a store.</summary>
public interface IStoreTroubles
{
    /// <summary>
    /// Whether an operation can fail for a trouble here; else there is no such test. That nobody answers can happen to all.
    /// </summary>
    static abstract bool Has(Trouble trouble, string operation);
}
