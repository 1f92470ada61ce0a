using Kops.Operations.Updates;
using Kops.Resources.Selection;
using Kops.Terraform;

namespace Kops.Operations.Terraform;

/// <summary>A Terraform configuration that is asked for.</summary>
/// <param name="Folder">Where it is written, on this machine.</param>
public sealed record TerraformRequest(string Folder)
{
    /// <summary>Which part of the resources; all of them by default.</summary>
    public ResourceSelection Selection { get; init; } = ResourceSelection.All;

    /// <summary>How the configuration is written down.</summary>
    public TerraformSyntax Syntax { get; init; }

    /// <summary>What the update may do that it does not do by itself.</summary>
    public UpdateOptions Options { get; init; } = new();
}
