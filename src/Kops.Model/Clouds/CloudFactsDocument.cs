using System.Globalization;
using Kops.Api;
using Kops.Api.Clouds;
using Kops.Api.Documents;
using Kops.Api.Yaml;

namespace Kops.Model.Clouds;

/// <summary>
/// Reads the file that <c>KOPS_CLOUD_FACTS</c> names; it takes the place of the snapshot. Every field may be left out.
/// <code>
/// aws:
///   project: "123456789012"
///   regions:
///     eu-west-1: [eu-west-1a, eu-west-1b]
///   machineTypes: {controlPlane: m5.large, apiServer: m5.large, node: m5.large, bastion: t3.micro}
///   architectures: {my.type: arm64}
///   networks:
///   - id: vpc-12345678
///     cidr: 10.0.0.0/16
///     internetGateway: igw-1
///     egressOnlyGateway: eigw-1
///     subnets:
///     - {id: subnet-1, zone: eu-west-1a, cidr: 10.0.0.0/24}
///   dnsZones:
///   - {id: Z1, name: example.com, private: false}
///   partition: aws
///   images:
///     099720109477/ubuntu/images/hvm-ssd/x: {id: ami-12345678, rootDevice: /dev/sda1}
///   ownDisks: {i3.large: 1}
/// </code>
/// </summary>
public static class CloudFactsDocument
{
    /// <summary>Reads the facts from YAML text.</summary>
    /// <param name="text">UTF-8.</param>
    /// <param name="source">The file's name, for messages.</param>
    /// <exception cref="InvalidObjectException">Not YAML.</exception>
    /// <exception cref="FormatException">A field that does not exist, or a value of the wrong type; the message says where.</exception>
    public static CloudFacts Read(ReadOnlyMemory<byte> text, string source) =>
        YamlReader.Read(text, source) switch
        {
            [] => new(new Dictionary<string, ProviderFacts>()),
            [{ Root: MappingNode document }, ..] => Read(document),
            _ => throw new FormatException($"{source}: cloud facts are fields, one for each cloud"),
        };

    /// <summary>Reads the facts.</summary>
    /// <exception cref="FormatException">A field that does not exist, or a value of the wrong type; the message says where.</exception>
    public static CloudFacts Read(MappingNode document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return new(document.ToDictionary(cloud => cloud.Key, cloud => Provider(cloud.Key, Mapping(cloud.Value, cloud.Key))));
    }

    private static ProviderFacts Provider(string at, MappingNode fields)
    {
        var facts = ProviderFacts.None;
        foreach (var (name, value) in fields)
        {
            var path = $"{at}.{name}";
            facts = name switch
            {
                "project" => facts with { Project = Text(value, path) },
                "regions" => facts with
                {
                    Regions = Mapping(value, path)
                        .ToDictionary(region => region.Key, region => Texts(region.Value, $"{path}.{region.Key}")),
                },
                "machineTypes" => facts with
                {
                    DefaultMachineTypes = Mapping(value, path).ToDictionary(role => Role(role.Key, path), role => Text(role.Value, path)),
                },
                "architectures" => facts with
                {
                    Architectures = Mapping(value, path).ToDictionary(type => type.Key, type => Text(type.Value, path)),
                },
                "networks" => facts with
                {
                    Networks = [.. Items(value, path).Select((item, i) => Network(item, $"{path}[{i}]"))],
                    Gateways = Items(value, path)
                        .Select((item, i) => (Item: item, At: $"{path}[{i}]"))
                        .Where(network => network.Item.Has("internetGateway") || network.Item.Has("egressOnlyGateway"))
                        .ToDictionary(
                            network => Text(network.Item["id"], network.At + ".id"),
                            network => Gateways(network.Item, network.At)
                        ),
                },
                "partition" => facts with { Partition = Text(value, path) },
                "images" => facts with
                {
                    Images = Mapping(value, path).ToDictionary(image => image.Key, image => Image(image.Value, $"{path}.{image.Key}")),
                },
                "ownDisks" => facts with
                {
                    Machines = Mapping(value, path)
                        .ToDictionary(type => type.Key, type => new MachineFact(Number(type.Value, $"{path}.{type.Key}"))),
                },
                "dnsZones" => facts with { DnsZones = [.. Items(value, path).Select((item, i) => DnsZone(item, $"{path}[{i}]"))] },
                _ => throw new FormatException(
                    $"{path}: cloud facts have no field '{name}'; there are project, partition, regions, machineTypes, architectures, "
                        + $"ownDisks, images, networks and dnsZones"
                ),
            };
        }

        return facts;
    }

    private static NetworkFact Network(MappingNode item, string path) =>
        new(
            Text(item["id"], path + ".id"),
            item.Has("cidr") ? Text(item["cidr"], path + ".cidr") : null,
            item.Has("subnets")
                ? [.. Items(item["subnets"], path + ".subnets").Select((subnet, i) => Subnet(subnet, $"{path}.subnets[{i}]"))]
                : []
        );

    private static GatewayFact Gateways(MappingNode item, string path) =>
        new(
            item.Has("internetGateway") ? Text(item["internetGateway"], path + ".internetGateway") : null,
            item.Has("egressOnlyGateway") ? Text(item["egressOnlyGateway"], path + ".egressOnlyGateway") : null
        );

    private static ImageFact Image(Node? value, string path)
    {
        var image = Mapping(value, path);
        return new(Text(image["id"], path + ".id"), Text(image["rootDevice"], path + ".rootDevice"));
    }

    private static SubnetFact Subnet(MappingNode item, string path) =>
        new(
            Text(item["id"], path + ".id"),
            item.Has("zone") ? Text(item["zone"], path + ".zone") : null,
            Text(item["cidr"], path + ".cidr")
        );

    private static DnsZoneFact DnsZone(MappingNode item, string path) =>
        new(
            Text(item["id"], path + ".id"),
            Text(item["name"], path + ".name").TrimEnd('.'),
            item["private"] is ScalarNode { Text: "true" }
        );

    private static MachineRole Role(string name, string path) =>
        Enum.TryParse<MachineRole>(name, ignoreCase: true, out var role)
            ? role
            : throw new FormatException($"{path}: there is no role '{name}'; there are controlPlane, apiServer, node and bastion");

    private static IEnumerable<MappingNode> Items(Node? value, string path) =>
        value is SequenceNode list
            ? list.Select((item, i) => Mapping(item, $"{path}[{i}]"))
            : throw new FormatException($"{path} needs a list");

    private static IReadOnlyList<string> Texts(Node? value, string path) =>
        value is SequenceNode list
            ? [.. list.Select((item, i) => Text(item, $"{path}[{i}]"))]
            : throw new FormatException($"{path} needs a list");

    private static MappingNode Mapping(Node? value, string path) =>
        value as MappingNode ?? throw new FormatException($"{path} needs fields");

    private static int Number(Node? value, string path) =>
        int.TryParse(Text(value, path), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new FormatException($"{path} needs a number");

    private static string Text(Node? value, string path) =>
        value is ScalarNode { Kind: not ScalarKind.Null } scalar ? scalar.Text : throw new FormatException($"{path} needs a text");
}
