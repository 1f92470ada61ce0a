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

    /// <summary>The oldest Terraform that takes it.</summary>
    public const string Version = ">= 0.15.0";

    /// <summary>What is needed of each provider, with the names of its other uses.</summary>
    /// <exception cref="NotSupportedException">A provider that is not known here.</exception>
    public static IEnumerable<(string Name, string Source, string Version, IReadOnlyList<string> Aliases)> Needs(
        IEnumerable<Provider> providers
    ) =>
        from provider in providers
        group provider.Alias by provider.Name into uses
        orderby uses.Key
        let known = Known.TryGetValue(uses.Key, out var row)
            ? row
            : throw new NotSupportedException($"there is no Terraform provider '{uses.Key}'")
        let aliases = uses.OfType<string>().Select(alias => $"{uses.Key}.{alias}").ToList()
        select (uses.Key, known.Source, known.Version, (IReadOnlyList<string>)aliases);

    /// <summary>The block for these providers.</summary>
    /// <exception cref="NotSupportedException">A provider that is not known here.</exception>
    public static string Of(IEnumerable<Provider> providers)
    {
        var text = new StringBuilder($"terraform {{\n  required_version = \"{Version}\"\n  required_providers {{\n");
        foreach (var (name, source, version, aliases) in Needs(providers))
        {
            var width = aliases.Count > 0 ? 23 : 9;
            text.Append("    ").Append(name).Append(" = {\n");
            if (aliases.Count > 0)
                text.Append("      \"configuration_aliases\" = [").AppendJoin(", ", aliases).Append("]\n");
            text.Append("      ").Append("\"source\"".PadRight(width)).Append(" = \"").Append(source).Append("\"\n");
            text.Append("      ").Append("\"version\"".PadRight(width)).Append(" = \"").Append(version).Append("\"\n");
            text.Append("    }\n");
        }

        return text.Append("  }\n}\n").ToString();
    }
}
