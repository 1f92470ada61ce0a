namespace Kops.Model.Channels;

/// <summary>The channels inside this program, so that nothing needs to be fetched: <c>stable</c> and <c>alpha</c>.</summary>
public static class ChannelSnapshots
{
    /// <summary>The names of the channels that are inside.</summary>
    public static IReadOnlyList<string> Names { get; } = ["stable", "alpha"];

    /// <summary>The channel of that name; null when there is none inside.</summary>
    public static Channel? Find(string name) => Names.Contains(name) ? Parse(Resources.Text("channels/channels.txt")) : null;

    private static Channel Parse(string text)
    {
        var images = new List<ChannelImage>();
        var kubernetes = new List<KubernetesAdvice>();
        var kops = new List<KopsAdvice>();
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            switch (line.Split(' ', 5))
            {
                case ["image", var cloud, var architecture, var name, var range]:
                    images.Add(new(cloud, architecture, VersionRange.Parse(range), name));
                    break;
                case ["kubernetes", var recommended, var required, var range]:
                    kubernetes.Add(new(VersionRange.Parse(range), Said(recommended), Said(required)));
                    break;
                case ["kops", var recommended, var required, var version, var range]:
                    kops.Add(new(VersionRange.Parse(range), Said(recommended), Said(required), Said(version)));
                    break;
            }
        }

        return new(images, kubernetes, kops);
    }

    private static string? Said(string word) => word == "-" ? null : word;
}
