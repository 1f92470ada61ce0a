using Kops.Api.Documents;

namespace Kops.Api.Versions;

/// <summary><c>disable: true</c> became <c>provider: none</c>.</summary>
internal sealed class ExternalDnsSwitch : ValueRule
{
    private const string Disable = "disable";
    private const string Provider = "provider";
    private const string None = "none";

    public override Node ToLater(Node value, ValueReport report)
    {
        if (value is not MappingNode settings || settings[Disable] is not ScalarNode disable)
            return value;
        if (disable.Text == "true")
        {
            if (settings[Provider] is ScalarNode { Text: not None } provider)
                report.Drop(Provider, provider);
            settings.Set(Provider, new ScalarNode(ScalarKind.Text, None) { Position = disable.Position }, settings.NamePosition(Disable));
        }

        settings.Remove(Disable);
        return settings;
    }

    public override Node ToStored(Node value, ValueReport report)
    {
        if (value is not MappingNode settings || settings[Provider] is not ScalarNode { Text: None } provider)
            return value;
        settings.Set(Disable, new ScalarNode(ScalarKind.Boolean, "true") { Position = provider.Position }, settings.NamePosition(Provider));
        settings.Remove(Provider);
        return settings;
    }
}
