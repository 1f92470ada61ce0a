using Kops.Api.Clouds;
using Kops.Api.Documents;

namespace Kops.Api.Versions;

/// <summary>v1alpha2 names the cloud; v1alpha3 has an object for each, and the cluster's cloud is the one that is set.</summary>
internal static class CloudMember
{
    private const string Field = "cloudProvider";
    private const string Path = "spec.cloudProvider";
    private const string NoPlace = "has no place in v1alpha2";

    private static readonly CloudProfile[] Clouds = [.. CloudProfiles.All.Where(cloud => cloud.Member is not null)];

    /// <summary>
    /// Makes the object of the cloud that is named, and says how that is called; empty where none is (metal has none), null where there is
    /// no such cloud.
    /// </summary>
    public static string? Make(MappingNode spec, ConversionNotes notes)
    {
        if (spec[Field] is not ScalarNode { Kind: ScalarKind.Text, Text.Length: > 0 } name)
            return string.Empty;
        if (Clouds.FirstOrDefault(cloud => cloud.Name == name.Text)?.Member is not { } member)
        {
            var known = string.Join(", ", Clouds.Select(cloud => cloud.Name));
            notes.Refuse(Path, $"there is no cloud '{name.Text}'; there are {known}", name.Position);
            return null;
        }

        var clouds = new MappingNode { Position = name.Position };
        clouds.Set(member, new MappingNode { Position = name.Position }, name.Position);
        spec.Set(Field, clouds, spec.NamePosition(Field));
        return member;
    }

    /// <summary>The cloud whose object is set; empty where there is none.</summary>
    public static string Find(MappingNode spec, ConversionNotes notes)
    {
        if (spec[Field] is not MappingNode clouds)
            return string.Empty;
        var found = Clouds.Select(cloud => cloud.Member!).Where(member => clouds[member] is MappingNode).ToArray();
        if (found.Length > 1)
            notes.Refuse(Path, $"sets {string.Join(" and ", found)}; a cluster has one cloud", clouds.Position);
        return found.LastOrDefault(string.Empty);
    }

    /// <summary>
    /// Puts the cloud's name in place of the objects, whose fields have all been relocated but for those that no version knows.
    /// </summary>
    public static void Name(MappingNode spec, string cloud, ConversionNotes notes)
    {
        if (spec[Field] is not MappingNode clouds)
            return;
        foreach (var (name, member) in clouds)
        {
            if (member is MappingNode { Count: 0 } && IsMember(name))
                continue;
            if (member is not MappingNode fields || !IsMember(name))
                notes.Drop($"{Path}.{name}", member.Position, NoPlace);
            else
                foreach (var (field, value) in fields)
                    notes.Drop($"{Path}.{name}.{field}", value.Position, NoPlace);
        }

        spec.Set(Field, new ScalarNode(ScalarKind.Text, NameOf(cloud)) { Position = clouds.Position }, spec.NamePosition(Field));
        if (cloud.Length == 0)
            spec.Remove(Field);
    }

    private static bool IsMember(string name) => Clouds.Any(cloud => cloud.Member == name);

    private static string NameOf(string member) => Clouds.FirstOrDefault(cloud => cloud.Member == member)?.Name ?? member;
}
