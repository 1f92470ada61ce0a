namespace Kops.Cli.Tests.Hostile;

/// <summary>Directories that are pushed.</summary>
internal static class HostileDirectories
{
    private const string Push = "state push ~/push --yes";
    private const string Record = "push/.kops-pull.json";
    private const string Spec = $"push/{HostileStore.Cluster}/cluster.yaml";
    private const string Group = $"push/{HostileStore.Cluster}/instancegroups/nodes-us-east-1a.yaml";
    private const string Planted = $"push/{HostileStore.Cluster}/instancegroups/planted.yaml";

    public static IReadOnlyList<HostileInput> All { get; } =
    [
        Left("no record", Record, store => store.Remove(store.PathOf(Record))),
        Left("a record that is none", ".kops-pull.json", store => store.Write(Record, "[[[")),
        Left("lists within lists as record", ".kops-pull.json", store => store.Write(Record, new string('[', 200_000))),
        Left("a very long record", ".kops-pull.json", store => store.WriteLong(Record, "{", 1L << 30)) with
        {
            IsEndless = true,
        },
        Left("a record that is /dev/zero", ".kops-pull.json", store => store.Link(Record, "/dev/zero")) with
        {
            IsEndless = true,
        },
        Left("a record that is a pipe", ".kops-pull.json", store => store.Pipe(Record)) with
        {
            IsEndless = true,
        },
        Left("a spec that is /dev/zero", "cluster.yaml", store => store.Link(Spec, "/dev/zero")) with
        {
            IsEndless = true,
        },
        Left("a spec that is a pipe", "cluster.yaml", store => store.Pipe(Spec)) with
        {
            IsEndless = true,
        },
        Left("a very long spec", "cluster.yaml", store => store.WriteLong(Spec, "spec:\n", 1L << 30)) with
        {
            IsEndless = true,
        },
        Left("a spec of another cluster", "cluster.yaml", store => store.Edit(Spec, text => text.Replace("demo", "other"))),
        Left("a spec that is a directory", "cluster.yaml", store => Replace(store, Spec)),
        Left("aliases of aliases", "planted.yaml", store => store.Write(Planted, Aliases())) with
        {
            IsEndless = true,
        },
        Left("lists within lists", "planted.yaml", store => store.Write(Planted, new string('[', 200_000))),
        Left("bytes that are no text", "planted.yaml", store => store.Write(Planted, [0x6b, 0x3a, 0x20, 0xff, 0xfe, 0x00])),
        Left("a group that is a path", "name", store => store.Edit(Group, text => text.Replace("name: nodes-us-east-1a", "name: ../x"))),
        Left(
            "a group that steers the terminal",
            "name",
            store => store.Edit(Group, text => text.Replace("name: nodes-us-east-1a", "name: \"\\e[2J\""))
        ),
        Left("a link to a secret", "is a link", store => store.Link(Planted, store.PathOf(".ssh/authorized_keys"))),
        Left("a cluster that is a link", "is a link", store => store.Link($"push/{HostileStore.Cluster}", store.PathOf("elsewhere"))),
        Left("a cluster's groups that are a link", "is a link", store => store.Link($"push/{HostileStore.Cluster}/instancegroups", "/etc")),
    ];

    private static HostileInput Left(string name, string tells, Action<HostileStore> leave) =>
        new("push: " + name, leave, Push, tells.Split('/')[^1]);

    private static void Replace(HostileStore store, string relative)
    {
        store.Remove(store.PathOf(relative));
        Directory.CreateDirectory(store.PathOf(relative));
    }

    /// <summary>A text that is some lines long, and has ten thousand million parts once its aliases are followed.</summary>
    public static string Aliases() =>
        "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n"
        + string.Concat(Enumerable.Range(1, 9).Select(i => $"a{i}: &a{i} [{string.Join(',', Enumerable.Repeat($"*a{i - 1}", 10))}]\n"));
}
