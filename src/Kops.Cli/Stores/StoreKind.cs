using Kops.Vfs;
using Kops.Vfs.Profiles;

namespace Kops.Cli.Stores;

/// <summary>A kind of store over a network: its schemes, what can be said of it, and how it is opened.</summary>
/// <param name="Schemes">Its schemes.</param>
/// <param name="ReadSettings">What a profile can say of it, besides what it can say of all (<see cref="NetworkSettings"/>).</param>
/// <param name="AddTo">Adds its schemes to a registry.</param>
internal sealed record StoreKind(
    IReadOnlyList<string> Schemes,
    Func<IReadOnlyList<StoreSetting>> ReadSettings,
    Action<StoreRegistry, StoreAccess> AddTo
)
{
    public IReadOnlyList<StoreSetting> Settings => ReadSettings();
}
