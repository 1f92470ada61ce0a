using System.Text;
using Kops.Resources.Values;

namespace Kops.Terraform;

/// <summary>
/// Writes resources as a Terraform configuration, as kOps does: <c>kubernetes.tf</c>, and in <c>data/</c> the texts that are too long
/// for it. The same resources always give the same bytes.
/// </summary>
public static class TerraformConfiguration
{
    /// <summary>The configuration itself; all else lies in <c>data/</c>.</summary>
    public const string FileName = "kubernetes.tf";

    /// <summary>The same in Terraform's JSON.</summary>
    public const string JsonFileName = "kubernetes.tf.json";

    /// <summary>The files of the configuration, <see cref="FileName"/> or <see cref="JsonFileName"/> first.</summary>
    /// <param name="resources">What is written.</param>
    /// <param name="syntax">How.</param>
    /// <exception cref="FormatException">Two resources of one kind have the same name, or one refers to one that is not there.</exception>
    public static IReadOnlyList<TerraformFile> Write(CloudResources resources, TerraformSyntax syntax = TerraformSyntax.Hcl)
    {
        ArgumentNullException.ThrowIfNull(resources);
        var literals = new Literals(resources.Resources);
        var written = resources
            .Resources.Select(resource => new HclResource(resource))
            .Where(resource => resource.IsWritten)
            .OrderBy(resource => resource.IsShared)
            .ThenBy(resource => resource.Kind, StringComparer.Ordinal)
            .ThenBy(resource => resource.Name, StringComparer.Ordinal)
            .ToList();
        var main =
            syntax == TerraformSyntax.Json
                ? new TerraformFile(JsonFileName, new JsonDocument(literals).Write(resources, written))
                : new TerraformFile(FileName, Encoding.UTF8.GetBytes(Hcl(resources, literals, written)));
        return [main, .. written.SelectMany(resource => resource.Files)];
    }

    private static string Hcl(CloudResources resources, Literals literals, List<HclResource> written)
    {
        var document = new HclDocument(literals);
        var outputs = resources.Outputs.OrderBy(output => output.Name, StringComparer.Ordinal).ToList();
        if (outputs.Count > 0)
            document.Add("locals", outputs.ToDictionary(output => output.Name, output => output.Value, StringComparer.Ordinal));
        foreach (var output in outputs)
            document.Add($"output \"{output.Name}\"", new Block { ["value"] = output.Value });
        foreach (var provider in resources.Providers.OrderBy(provider => provider.Alias, StringComparer.Ordinal))
            document.Add($"provider \"{provider.Name}\"", ProviderSettings(provider));

        foreach (var resource in written)
            document.Add(resource.Header, resource.Attributes);
        document.Add(TerraformBlock.Of(resources.Providers));
        return document.ToString();
    }

    /// <summary>The settings of a provider, with what it is called where it is used in several ways.</summary>
    internal static Dictionary<string, Value> ProviderSettings(Provider provider)
    {
        var settings = new Dictionary<string, Value>(provider.Settings, StringComparer.Ordinal);
        if (provider.Alias is { } alias)
            settings["alias"] = new TextValue(alias);
        return settings;
    }
}
