namespace Kops.Cli.Tests.Hostile;

/// <summary>Files where the record of a cluster's move stands.</summary>
internal static class PlantedMoves
{
    private const string Path = $"state/.kops/moves/{HostileStore.Cluster}.json";
    private const string Finish = $"state move {HostileStore.Cluster} --finish --yes";
    private const string Move = $"state move {HostileStore.Cluster} --to ~/new --yes";

    private static readonly string Valid = $$"""
        {"format": 2, "name": "0123456789abcdef0123456789abcdef", "cluster": "{{HostileStore.Cluster}}", "to": "/nowhere/state",
         "status": "finishing", "user": "a", "host": "h", "command": "kops state move", "program": "kops 0",
         "started": "2026-11-22T12:00:00.000Z", "changed": "2026-11-22T12:00:00.000Z", "registrations": [], "configSha256": [],
         "trees": [{"key": "{{HostileStore.Cluster}}", "files": []}]}
        """;

    private static readonly string Tree = $"\"key\": \"{HostileStore.Cluster}\"";

    public static IReadOnlyList<HostileInput> All { get; } =
    [
        Text("no JSON", Move, "to: /etc"),
        Text("lists within lists", Finish, new string('[', 200_000)),
        Changed("a later format", Finish, "\"format\": 2", "\"format\": 3"),
        Changed("another cluster", Finish, $"\"cluster\": \"{HostileStore.Cluster}\"", $"\"cluster\": \"{HostileStore.Other}\""),
        Changed("another cluster's directory", Finish, Tree, $"\"key\": \"{HostileStore.Other}\"", HostileStore.Cluster),
        Changed("a directory above", Finish, Tree, "\"key\": \"../elsewhere\""),
        Changed("a directory from the root", Finish, Tree, "\"key\": \"/root\""),
        Changed("the whole store", Finish, Tree, "\"key\": \"\""),
        Changed("the records of all", Finish, Tree, "\"key\": \".kops\"", HostileStore.Cluster),
        Changed("a store that is not there", Finish, "x", "x", HostileStore.Cluster),
        Changed("a store that steers the terminal", Move, "/nowhere/state", "\\u001b[2J"),
        Changed("a store of no known kind", Finish, "/nowhere/state", "run://rm", "run://rm"),
        Changed("a stage of nobody's", Finish, "finishing", "erasing"),
        new("move: very long", store => store.WriteLong(Path, "{", 1L << 30), Finish, "moves") { IsEndless = true },
        new("move: a link to /dev/zero", store => store.Link(Path, "/dev/zero"), Finish, "moves") { IsEndless = true },
    ];

    private static HostileInput Text(string name, string command, string text, string tells = "moves") =>
        new("move: " + name, store => store.Write(Path, text), command, tells);

    private static HostileInput Changed(string name, string command, string old, string now, string tells = "moves") =>
        Text(name, command, Valid.Replace(old, now, StringComparison.Ordinal), tells);
}
