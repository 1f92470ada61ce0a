namespace Kops.Vfs.Drivers;

/// <summary>A kind of store: its schemes, and how its addresses are read.</summary>
/// <typeparam name="TOptions">How stores of this kind are reached.</typeparam>
/// <param name="Schemes">The schemes, without <c>://</c>.</param>
/// <param name="Locate">Reads a path; throws <see cref="StoreException"/> where it leads nowhere.</param>
public sealed record DriverKind<TOptions>(IReadOnlyList<string> Schemes, Func<string, StorePlace<TOptions>> Locate)
    where TOptions : notnull
{
    /// <summary>What tells options apart: options that hold lists are not equal where their lists are.</summary>
    public Func<TOptions, object> Identity { get; init; } = static options => options;
}
