namespace Kops.Terraform;

/// <summary>How a configuration is written down.</summary>
public enum TerraformSyntax
{
    /// <summary>Terraform's own language, as kOps writes it: for people.</summary>
    Hcl,

    /// <summary>Terraform's JSON: for programs. It says the same.</summary>
    Json,
}
