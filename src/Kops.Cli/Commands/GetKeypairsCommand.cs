using Kops.Api.Documents;
using Kops.Api.Schema;
using Kops.Api.Values;
using Kops.Cli.CommandLine;
using Kops.Cli.Hosting;
using Kops.Cli.Input;
using Kops.Cli.Output;
using Kops.StateStore.Keysets;

namespace Kops.Cli.Commands;

/// <summary><c>kops get keypairs</c></summary>
internal static class GetKeypairsCommand
{
    private static readonly Flag<bool> Distrusted = Flag.Switch("distrusted", "Show keypairs that are no longer trusted, too");

    public static CommandSpec Spec { get; } =
        new("get keypairs", "Show the certificates and keys of a cluster")
        {
            Aliases = ["keypair"],
            Arguments = "[KEYSET]...",
            MaxArguments = int.MaxValue,
            Values = ValueSource.Keyset,
            Examples =
            [
                ("All keypairs in use", "kops get keypairs --name demo.example.com"),
                ("Those of one keyset, distrusted ones too", "kops get keypairs kubernetes-ca --distrusted --name demo.example.com"),
            ],
            Flags = [Distrusted],
            Run = RunAsync,
        };

    private static async Task<int> RunAsync(Invocation run, CancellationToken cancellationToken)
    {
        var format = run.OutputFormat();
        var withDistrusted = run.Get(Distrusted);
        var state = await run.Session.ReadClusterAsync(ClusterNames.FindBeside(run), cancellationToken);
        var listing = await state.Keysets.ListAsync(cancellationToken);
        foreach (var unreadable in listing.Unreadable)
            run.Error.WriteLine(PlainText.OfLines($"Error: keyset \"{unreadable.Name}\" cannot be read: {unreadable.Error.Message}"));
        if (
            run.Arguments.FirstOrDefault(name => listing.Find(name) is null && listing.Unreadable.All(other => other.Name != name)) is
            { } missing
        )
            throw CommandException.NotFound(
                $"keyset \"{missing}\" not found in cluster "
                    + $"\"{state.Name}\"{Suggest.Hint(missing, listing.Keysets.Select(keyset => keyset.Name))}"
            );
        var keypairs = listing
            .Keysets.Where(keyset => run.Arguments.Count == 0 || run.Arguments.Contains(keyset.Name))
            .SelectMany(keyset => keyset.Keyset.Items.Select(item => (keyset.Keyset, Item: item)))
            .Where(pair => withDistrusted || pair.Item.Distrusted is null)
            .ToList();
        if (keypairs.Count == 0 && listing.Unreadable.Count == 0)
            throw CommandException.NotFound($"no keypairs found in cluster \"{state.Name}\"; 'kops update cluster --yes' makes them");
        if (format is OutputFormat.Table)
        {
            WriteTable(run, keypairs, withDistrusted);
        }
        else
        {
            var list = new SequenceNode();
            foreach (var (keyset, item) in keypairs)
                list.Add(ToNode(keyset, item));
            run.Out.Write(format is OutputFormat.Yaml ? NodeText.ToYaml(list) : NodeText.ToJson(list));
        }

        return listing.Unreadable.Count == 0 ? ExitCode.Done : ExitCode.Failed;
    }

    private static void WriteTable(Invocation run, IEnumerable<(ClusterKeyset Keyset, KeysetItem Item)> keypairs, bool withDistrusted)
    {
        string Date(DateTimeOffset? time) =>
            time is { } known
                ? TimeZoneInfo
                    .ConvertTime(known, run.Host.Time.LocalTimeZone)
                    .ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)
                : string.Empty;
        string[] columns = withDistrusted
            ? ["NAME", "ID", "ISSUED", "EXPIRES", "DISTRUSTED", "PRIMARY", "HASPRIVATE"]
            : ["NAME", "ID", "ISSUED", "EXPIRES", "PRIMARY", "HASPRIVATE"];
        TextTable.Write(
            run.Host.Console,
            columns,
            keypairs.Select(pair =>
                (string[])
                    [
                        pair.Keyset.Name,
                        pair.Item.Id,
                        Date(pair.Item.Certificate?.Issued),
                        Date(pair.Item.Certificate?.Expires),
                        .. withDistrusted ? [Date(pair.Item.Distrusted)] : Array.Empty<string>(),
                        pair.Keyset.Primary?.Id == pair.Item.Id ? "*" : string.Empty,
                        pair.Item.HasPrivateKey ? "*" : string.Empty,
                    ]
            )
        );
    }

    // The fields of kOps, in its order.
    private static MappingNode ToNode(ClusterKeyset keyset, KeysetItem item)
    {
        var node = new MappingNode { ["name"] = ScalarNode.Of(keyset.Name), ["id"] = ScalarNode.Of(item.Id) };
        if (item.Distrusted is { } distrusted)
            node["distrustTimestamp"] = Time(distrusted);
        if (keyset.Primary?.Id == item.Id)
            node["isPrimary"] = ScalarNode.Of(value: true);
        if (item.Certificate is { } facts)
        {
            node["subject"] = ScalarNode.Of(facts.Subject);
            node["issuer"] = ScalarNode.Of(facts.Issuer);
            if (facts.AlternateNames.Count > 0)
            {
                var names = new SequenceNode();
                foreach (var name in facts.AlternateNames.Order(StringComparer.Ordinal))
                    names.Add(ScalarNode.Of(name));
                node["alternateNames"] = names;
            }

            if (facts.IsAuthority)
                node["isCA"] = ScalarNode.Of(value: true);
            node["notBefore"] = Time(facts.Issued);
            node["notAfter"] = Time(facts.Expires);
            if (facts.KeyBits is { } bits)
                node["keyLength"] = ScalarNode.Of((long)bits);
        }

        if (item.HasPrivateKey)
            node["hasPrivateKey"] = ScalarNode.Of(value: true);
        return node;
    }

    private static ScalarNode Time(DateTimeOffset time) =>
        ScalarNode.Of(time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture));
}
