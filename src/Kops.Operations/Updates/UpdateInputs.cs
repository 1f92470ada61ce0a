using System.Text;
using Kops.Api;
using Kops.Api.Clouds;
using Kops.Build;
using Kops.Build.Addons;
using Kops.Build.Input;
using Kops.Model.Channels;
using Kops.Model.Clouds;
using Kops.Model.Completion;
using Kops.Operations.Objects;
using Kops.Operations.Validation;
using Kops.StateStore.Changes.Updates;
using Kops.StateStore.Clusters;
using Kops.StateStore.Files;

namespace Kops.Operations.Updates;

/// <summary>All that the files of a cluster follow from, gathered from store and clouds. Nothing is read twice.</summary>
internal sealed class UpdateInputs
{
    private UpdateInputs(
        BuildRequest request,
        IReadOnlyList<PlannedKeyset> keysets,
        CloudFacts facts,
        IReadOnlyList<StoredFile> readAddons
    ) => (Request, Keysets, Facts, ReadAddons) = (request, keysets, facts, readAddons);

    /// <summary>What a plan shows: keysets that are not made yet are named as such.</summary>
    public BuildRequest Request { get; }

    /// <summary>The keysets that the cluster must have.</summary>
    public IReadOnlyList<PlannedKeyset> Keysets { get; }

    /// <summary>What is known of the clouds by now.</summary>
    public CloudFacts Facts { get; }

    /// <summary>The manifests of addons as they lie in the store, those too that are not there.</summary>
    public IReadOnlyList<StoredFile> ReadAddons { get; }

    /// <summary>Whether files follow from keys that are not made yet.</summary>
    public bool LacksKeys => Keysets.Any(keyset => keyset.Found is null);

    /// <summary>Gathers it.</summary>
    /// <exception cref="OperationException">Something is missing: a hash that nobody knows, a secret.</exception>
    /// <exception cref="InvalidObjectException">The completed cluster may not be like that.</exception>
    public static async Task<UpdateInputs> GatherAsync(
        ClusterSession session,
        ClusterState state,
        UpdateOptions options,
        string? nodeVersion,
        CancellationToken cancellationToken
    )
    {
        var (completed, groups, facts) = await CompleteAsync(session, state, cancellationToken).ConfigureAwait(false);
        var request = new BuildRequest(completed)
        {
            Described = state.Cluster.Value,
            Groups = groups,
            NodeVersion = nodeVersion,
            Release = options.Release,
            Variables = session.Variables,
            Features = session.Features,
            Facts = facts.Of(CloudProfiles.Of(completed).Name),
            AddonSource = options.AddonsSource?.Addons,
        };
        facts = await session.Knowledge.AnswerAsync(facts, AddonQuestions.Of(request), cancellationToken).ConfigureAwait(false);
        var keysets = session.State.PlanKeysetsAsync(state, ClusterFiles.Keysets(request), cancellationToken);
        var objects = AdditionalObjects.ReadAsync(state, cancellationToken);
        var encryption = EncryptionAsync(state, completed, cancellationToken);
        var cilium = CiliumAsync(state, request, cancellationToken);
        await Task.WhenAll(keysets, objects, encryption, cilium).ConfigureAwait(false);
        request = request with
        {
            Facts = facts.Of(CloudProfiles.Of(completed).Name),
            Keysets = KeysetFacts.Preview(await keysets.ConfigureAwait(false)),
            Objects = await objects.ConfigureAwait(false),
            EncryptionConfig = await encryption.ConfigureAwait(false),
            CiliumPassword = await cilium.ConfigureAwait(false),
        };
        var addons = await AddonsAsync(state, request, cancellationToken).ConfigureAwait(false);
        request = request with
        {
            Addons = addons
                .Where(pair => pair.File.Exists)
                .ToDictionary(pair => pair.Manifest, pair => pair.File.Bytes, StringComparer.Ordinal),
            Hashes = await AssetLookup
                .FindAsync(session.Knowledge, ClusterFiles.Questions(request), cancellationToken)
                .ConfigureAwait(false),
        };
        return new UpdateInputs(request, await keysets.ConfigureAwait(false), facts, [.. addons.Select(pair => pair.File)]);
    }

    private static async Task<(Cluster Cluster, IReadOnlyList<InstanceGroup> Groups, CloudFacts Facts)> CompleteAsync(
        ClusterSession session,
        ClusterState state,
        CancellationToken cancellationToken
    )
    {
        var groups = state.InstanceGroups.Select(group => group.Value).ToList();
        var request = new CompletionRequest(state.Cluster.Value, groups, session.Knowledge.Facts());
        request = request with
        {
            Facts = await session
                .Knowledge.AnswerAsync(request.Facts, ClusterCompleter.Questions(request), cancellationToken)
                .ConfigureAwait(false),
        };
        var completed = ClusterCompleter.Complete(request);
        // What was filled in has to be right as well: a load balancer of the class that an old file leaves out, for one.
        Validity.CheckCompleted(session, completed, groups);
        var channel = groups.All(group => group.Spec.Image is { Length: > 0 })
            ? Channel.Empty
            : await session
                .Knowledge.FindChannelAsync(completed.Spec.Channel ?? Channel.DefaultName, cancellationToken)
                .ConfigureAwait(false);
        return (
            completed,
            [.. groups.Select(group => GroupCompleter.Complete(new(completed, group, channel, request.Facts, session.Features)))],
            request.Facts
        );
    }

    private static async Task<ReadOnlyMemory<byte>?> EncryptionAsync(
        ClusterState state,
        Cluster completed,
        CancellationToken cancellationToken
    ) =>
        completed.Spec.EncryptionConfig == true
            ? (await state.Secrets.FindAsync("encryptionconfig", cancellationToken).ConfigureAwait(false))?.Data
            : null;

    // As with kOps, Cilium's encryption by a password is not begun without one; what stands in the store already has it.
    private static async Task<string?> CiliumAsync(ClusterState state, BuildRequest request, CancellationToken cancellationToken)
    {
        const string Name = "ciliumpassword";
        if (
            request.AddonSource is null
            || request.Cluster.Spec.Networking?.Cilium is not { EnableEncryption: true, EncryptionType: null or "" or "ipsec" }
        )
            return null;
        var secret = await state.Secrets.FindAsync(Name, cancellationToken).ConfigureAwait(false);
        return secret is not null
            ? Encoding.UTF8.GetString(secret.Data.Span)
            : throw OperationException.Failed(
                $"cluster \"{state.Name}\": Cilium encrypts by a password, and there is no secret {Name}; 'kops create secret {Name} -f "
                    + "FILE' adds it"
            );
    }

    private static async Task<IReadOnlyList<(string Manifest, StoredFile File)>> AddonsAsync(
        ClusterState state,
        BuildRequest request,
        CancellationToken cancellationToken
    )
    {
        var manifests = ClusterFiles.AddonPlaces(request);
        var read = await FanOut
            .SelectAsync(
                manifests,
                (manifest, token) => StoredFile.ReadAsync(state.Layout.AddonManifest(manifest), token),
                cancellationToken
            )
            .ConfigureAwait(false);
        return [.. manifests.Zip(read)];
    }
}
