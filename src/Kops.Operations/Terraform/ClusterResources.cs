using Kops.Api;
using Kops.Api.Clouds;
using Kops.Api.Documents;
using Kops.Build.Boot;
using Kops.Build.Nodes;
using Kops.Model.Clouds;
using Kops.Operations.Clusters;
using Kops.Operations.Updates;
using Kops.Resources;
using Kops.Resources.Requests;
using Kops.Resources.Values;
using Kops.StateStore.Clusters;
using Kops.Vfs.Setup;
using Named = Kops.Resources.Files.ManagedFiles;

namespace Kops.Operations.Terraform;

/// <summary>What a stored cluster needs in its cloud.</summary>
internal static class ClusterResources
{
    /// <summary>The resources, with the files that they take out of the store's hands.</summary>
    /// <param name="session">The work.</param>
    /// <param name="state">The cluster as it was read.</param>
    /// <param name="wanted">What follows from it.</param>
    /// <param name="files">The files that are resources.</param>
    /// <param name="hasMachines">Whether machines are wanted, with the scripts that they start with.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="OperationException">They are not known here, or cannot be told.</exception>
    public static async Task<CloudResources> BuildAsync(
        ClusterSession session,
        ClusterState state,
        WantedUpdate wanted,
        IReadOnlyList<ManagedFile> files,
        bool hasMachines,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var request = await RequestAsync(session, state, wanted, cancellationToken).ConfigureAwait(false) with
            {
                Files = files,
                BootScripts = hasMachines
                    ? await BootScriptsAsync(session, wanted, cancellationToken).ConfigureAwait(false)
                    : new Dictionary<string, string>(),
                Bucket = await BucketAsync(state, files, cancellationToken).ConfigureAwait(false),
            };
            var facts = await session
                .Knowledge.AnswerAsync(wanted.Facts, ResourceModel.Questions(request), cancellationToken)
                .ConfigureAwait(false);
            return ResourceModel.Build(request with { Facts = facts.Of(CloudProfiles.Of(wanted.Completed).Name) });
        }
        catch (Exception refused) when (refused is FormatException or NotSupportedException)
        {
            throw Refuse(state, refused);
        }
    }

    /// <summary>The resources with something in place of all that the cloud would have to be asked for, and without files.</summary>
    /// <exception cref="OperationException">They are not known here, or cannot be told.</exception>
    public static async Task<CloudResources> SketchAsync(
        ClusterSession session,
        ClusterState state,
        WantedUpdate wanted,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var request = await RequestAsync(session, state, wanted, cancellationToken).ConfigureAwait(false) with
            {
                Cluster = Placed(wanted.Completed),
            };
            return ResourceModel.Build(
                ResourceModel.Questions(request) is { } open ? request with { Facts = Sketch(request.Facts, open) } : request
            );
        }
        catch (Exception refused) when (refused is FormatException or NotSupportedException)
        {
            throw Refuse(state, refused);
        }
    }

    /// <summary>The files of the store that are resources of it.</summary>
    public static IReadOnlyList<ManagedFile> NameFiles(WantedUpdate wanted) =>
        Named.Named(
            wanted.Completed,
            wanted.Content.Files.ToDictionary(file => file.Path.ToString(), file => file.Final?.Value ?? file.Content)
        );

    public static OperationException Refuse(ClusterState state, Exception refused) =>
        OperationException.Failed($"cluster \"{state.Name}\": {refused.Message}", refused);

    private static async Task<IReadOnlyDictionary<string, string>> BootScriptsAsync(
        ClusterSession session,
        WantedUpdate wanted,
        CancellationToken cancellationToken
    )
    {
        var request = wanted.FinalRequest;
        var found = await AssetLookup.FindAsync(session.Knowledge, BootScripts.Questions(request), cancellationToken).ConfigureAwait(false);
        request = request with { Hashes = request.Hashes.Concat(found).ToDictionary() };
        return BootScripts.Of(request, wanted.FinalFiles.Value.Nodes);
    }

    // Machines are let into a bucket; which one changes nothing of what there is.
    private static Cluster Placed(Cluster completed)
    {
        var placed = new Cluster((MappingNode)completed.Node.Clone());
        var spec = placed.Spec;
        (spec.ConfigBase, spec.KeyStore, spec.SecretStore) = (Bucket(spec.ConfigBase), Bucket(spec.KeyStore), Bucket(spec.SecretStore));
        foreach (var etcd in spec.EtcdClusters)
            etcd.EnsureBackups().BackupStore = Bucket(etcd.Backups?.BackupStore);
        return placed;

        static string? Bucket(string? address) =>
            address is null || address.StartsWith("s3://", StringComparison.Ordinal) ? address : "s3://state/";
    }

    private static ProviderFacts Sketch(ProviderFacts known, CloudQuestions open) =>
        known with
        {
            Project = known.Project ?? "account",
            Images = known
                .Images.Concat(open.Images.Select(name => KeyValuePair.Create(name, new ImageFact(name, "/dev/xvda"))))
                .ToDictionary(),
            Gateways = known
                .Gateways.Concat(open.Gateways.Select(name => KeyValuePair.Create(name, new GatewayFact("igw", "eigw"))))
                .ToDictionary(),
        };

    private static async Task<ResourceRequest> RequestAsync(
        ClusterSession session,
        ClusterState state,
        WantedUpdate wanted,
        CancellationToken cancellationToken
    ) =>
        new(wanted.Completed, wanted.Groups, wanted.Facts.Of(CloudProfiles.Of(wanted.Completed).Name))
        {
            Features = session.Features,
            SshKeys = [.. (await state.SshKeys.ListAsync(cancellationToken).ConfigureAwait(false)).Select(key => key.File.Text)],
        };

    private static async Task<BucketFact> BucketAsync(
        ClusterState state,
        IReadOnlyList<ManagedFile> files,
        CancellationToken cancellationToken
    )
    {
        if (files.Count == 0 || state.Layout.ConfigBase.Store.Driver.As<IDescribedBucket>() is not { } bucket)
            return new(null, EncryptsByItself: false);
        var traits = await bucket.DescribeAsync(cancellationToken).ConfigureAwait(false);
        return new(traits.Region, traits.EncryptsByItself);
    }
}
