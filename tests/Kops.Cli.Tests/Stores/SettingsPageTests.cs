using System.Text;
using Kops.Cli.Stores;
using Kops.Vfs.Conformance.Documentation;
using Kops.Vfs.Profiles;
using Xunit;

namespace Kops.Cli.Tests.Stores;

/// <summary>The page about profiles lists what can be said of each store.</summary>
public sealed class SettingsPageTests
{
    [Fact]
    public void The_page_lists_all_settings_of_all_stores()
    {
        var text = new StringBuilder();
        Append(text, "`file://`", GitSetting.All);
        Append(text, "every store over a network", NetworkSettings.All);
        foreach (var kind in RemoteStores.Schemes.Select(scheme => RemoteStores.KindOf(scheme)!).Distinct())
            Append(text, string.Join(", ", kind.Schemes.Select(scheme => $"`{scheme}://`")), kind.Settings);

        GeneratedText.CheckPart("stores/profiles.md", "settings", text.ToString());
    }

    private static void Append(StringBuilder text, string title, IReadOnlyList<StoreSetting> settings)
    {
        text.Append("\n### ").Append(title).Append("\n\n| setting | meaning | variable |\n| --- | --- | --- |\n");
        foreach (var setting in settings)
            text.Append($"| `{setting.Key}` | {setting.Meaning} | {string.Join(", ", setting.Variables.Select(name => $"`{name}`"))} |\n");
        text.Append('\n');
    }
}
