using System.Text;
using Kops.Resources.Values;

namespace Kops.Terraform;

/// <summary>Which Terraform and which providers the configuration needs.</summary>
internal static class TerraformBlock
{
    // What kOps 1.37 asks for.
    private static readonly Dictionary<string, (string Source, string Version)> Known = new(StringComparer.Ordinal)
    {
        ["aws"] = ("hashicorp/aws", ">= 5.0.0"),
        ["azurerm"] = ("hashicorp/azurerm", ">= 5.0.0"),
        ["digitalocean"] = ("digitalocean/digitalocean", "~>2.0"),
        ["google"] = ("hashicorp/google", ">= 5.11.0"),
        ["hcloud"] = ("hetznercloud/hcloud", ">= 1.35.1"),
        ["scaleway"] = ("scaleway/scaleway", ">= 2.2.1"),
    };

    /// <summary>The block for these providers.</summary>
    /// <exception cref="NotSupportedException">A provider that is not known here.</exception>
    public static string Of(IEnumerable<Provider> providers)
    {
        var text = new StringBuilder("terraform {\n  required_version = \">= 0.15.0\"\n  required_providers {\n");
        foreach (var group in providers.GroupBy(provider => provider.Name).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            if (!Known.TryGetValue(group.Key, out var known))
                throw new NotSupportedException($"there is no Terraform provider '{group.Key}'");
            var aliases = group.Select(provider => provider.Alias).OfType<string>().Select(alias => $"{group.Key}.{alias}").ToList();
            var width = aliases.Count > 0 ? 23 : 9;
            text.Append("    ").Append(group.Key).Append(" = {\n");
            if (aliases.Count > 0)
                text.Append("      \"configuration_aliases\" = [").AppendJoin(", ", aliases).Append("]\n");
            text.Append("      ").Append("\"source\"".PadRight(width)).Append(" = \"").Append(known.Source).Append("\"\n");
            text.Append("      ").Append("\"version\"".PadRight(width)).Append(" = \"").Append(known.Version).Append("\"\n");
            text.Append("    }\n");
        }

        return text.Append("  }\n}\n").ToString();
    }
}
