using Kops.Api;
using Kops.Api.Views;
using Kops.StateStore.Changes;
using Kops.StateStore.Clusters;

namespace Kops.Cli.Editing;

/// <summary>An object that is going to be edited.</summary>
/// <param name="Stored">The object as it was read.</param>
/// <param name="Subject">What it is, for people.</param>
/// <param name="Plan">Checks the changed object, and plans storing it over what was read.</param>
internal sealed record ReadObject<T>(StoredObject<T> Stored, string Subject, Func<T, CancellationToken, Task<ChangeSet>> Plan)
    where T : KopsObject, IApiView<T>;
