using Kops.Api.Documents;
using Kops.Model.Flags;
using Kops.Vfs.Setup;

namespace Kops.Operations.Access.Policies;

/// <summary>A service that keeps state, and how its policies are written.</summary>
/// <param name="Name">What users call it.</param>
/// <param name="Schemes">The stores that it serves; the first is the usual one.</param>
/// <param name="Words">What a right is called there; empty where it takes none.</param>
/// <param name="Write">Makes the documents, by their names.</param>
public sealed record PolicyCloud(
    string Name,
    IReadOnlyList<string> Schemes,
    Func<StoreRight, IReadOnlyList<string>> Words,
    Func<PolicyRequest, MappingNode> Write
)
{
    /// <summary>Whether rights can be given on a part of a store.</summary>
    public bool IsByKey { get; init; } = true;

    /// <summary>Whether writers take a lock there, since the server checks no conditions.</summary>
    public bool IsLocked { get; init; }

    /// <summary>Whether the documents are written as YAML, ready to be applied all at once.</summary>
    public bool IsYaml { get; init; }

    /// <summary>All of them.</summary>
    public static IReadOnlyList<PolicyCloud> All { get; } =
    [
        new("aws", ["s3", "do", "hos", "linode", "scw"], AwsPolicy.Actions, AwsPolicy.Write),
        new("gs", ["gs"], GcsPolicy.Permissions, GcsPolicy.Write),
        new("azureblob", ["azureblob"], AzurePolicy.Actions, AzurePolicy.Write),
        new("oss", ["oss"], OssPolicy.Actions, OssPolicy.Write) { IsLocked = true },
        new(
            "kubernetes",
            ["k8s"],
            static right => right is StoreRight.Locate ? ["get namespaces"] : KubernetesPolicy.Verbs(right),
            KubernetesPolicy.Write
        )
        {
            IsByKey = false,
            IsYaml = true,
        },
    ];

    /// <summary>The one that was named, or else the one that serves the store.</summary>
    /// <exception cref="InvalidFlagException">There is none, or it does not serve such a store.</exception>
    public static PolicyCloud Find(string? name, string scheme)
    {
        var found = name is null
            ? All.FirstOrDefault(cloud => cloud.Schemes.Contains(scheme))
            : All.FirstOrDefault(cloud => cloud.Name == name);
        if (found is null)
            throw new InvalidFlagException(
                "cloud",
                $"--cloud: there are no policies for {name ?? scheme + "://"}; there are for "
                    + $"{string.Join(", ", All.Select(cloud => cloud.Name))}"
            );
        return found.Schemes.Contains(scheme)
            ? found
            : throw new InvalidFlagException(
                "cloud",
                $"--cloud {found.Name}: the store is {scheme}://, which {found.Name} does not serve; leave --cloud out, or name a "
                    + $"{found.Schemes[0]}:// store with --state"
            );
    }
}
