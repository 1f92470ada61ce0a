using Kops.Operations.Terraform.Folders;
using Kops.Operations.Updates;
using Kops.StateStore.Changes;

namespace Kops.Operations.Terraform;

/// <summary>What writing a configuration is about to do: a value that holds no way to do it.</summary>
/// <param name="Store">What is written into the state store: keys and secrets that are missing, and files that Terraform has no resources
/// for.</param>
/// <param name="Folder">What is written for Terraform.</param>
public sealed record TerraformPlan(ChangeSet Store, FolderPlan Folder)
{
    /// <summary>The cluster's addons. Where manifests are missing, the plan is carried out only if that is meant.</summary>
    public required UpdateAddons Addons { get; init; }

    /// <summary>What kOps would write and this program cannot, each with the reason.</summary>
    public IReadOnlyList<string> Gaps { get; init; } = [];

    /// <summary>Whether there is nothing to do.</summary>
    public bool IsEmpty => Store.IsEmpty && !Folder.HasChanges;
}
