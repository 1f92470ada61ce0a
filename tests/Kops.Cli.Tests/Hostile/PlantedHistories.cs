namespace Kops.Cli.Tests.Hostile;

/// <summary>
/// Files where the history of a cluster stands, and the commands that carry it along or go by it. What is no record is left where it is.
/// </summary>
internal static class PlantedHistories
{
    private const string Directory = $"state/.kops/history/{HostileStore.Cluster}";
    private const string Objects = $"state/.kops/objects/{HostileStore.Cluster}";
    private const string Record = $"{Directory}/999999990-20261122T120000Z-01234567.json";
    private static readonly string Digest = new('a', 64);

    private static readonly string[] Commands =
    [
        $"history {HostileStore.Cluster}",
        $"undo 9 --name {HostileStore.Cluster} --yes",
        $"state move {HostileStore.Cluster} --to ~/input/new --yes",
        $"state copy {HostileStore.Cluster} ~/input/new/{HostileStore.Cluster}",
        $"state export {HostileStore.Cluster} -o ~/input/out.tar",
    ];

    private static readonly string Valid = $$"""
        {"format": 2, "name": "0123456789abcdef0123456789abcdef", "serial": 9, "cluster": "{{HostileStore.Cluster}}", "title": "edit",
         "user": "a", "host": "h", "command": "kops edit", "program": "kops 0", "started": "2026-11-22T12:00:00.000Z",
         "finished": "2026-11-22T12:00:00.000Z", "outcome": "applied", "begun": true,
         "files": [{"change": "replace", "place": "registry", "key": "addons/x", "secrecy": "plain", "beforeSha256": "{{Digest}}",
                    "afterSha256": "{{Digest}}"}]}
        """;

    private static readonly (string Name, Action<HostileStore> Leave, bool IsEndless)[] Plants =
    [
        Text("no JSON", "run: rm -rf /"),
        Text("lists within lists", new string('[', 200_000)),
        Changed("a later format", "\"format\": 2", "\"format\": 3"),
        Changed("another cluster", $"\"cluster\": \"{HostileStore.Cluster}\"", $"\"cluster\": \"{HostileStore.Other}\""),
        Changed("another number than its name's", "\"serial\": 9", "\"serial\": 1"),
        Changed("a number beyond all", "\"serial\": 9", "\"serial\": 999999999"),
        Changed("another name than its file's", "\"0123456789", "\"9123456789"),
        Changed("one that has not ended", "\"applied\"", "\"pending\""),
        Changed("a key above", "addons/x", $"../{HostileStore.Other}/config"),
        Changed("a key from the root", "addons/x", "/root/.ssh/authorized_keys"),
        Changed("a place that is an address", "\"registry\"", "\"file:///root/.ssh\""),
        Changed("a content that is a path", $"\"beforeSha256\": \"{Digest}\"", "\"beforeSha256\": \"../../../../.ssh/authorized_keys\""),
        Changed("a title that steers the terminal", "\"edit\"", "\"\\u001b[2J\""),
        Changed("a user of many lines", "\"user\": \"a\"", "\"user\": \"a\\nError: b\""),
        ("a content that is not what its name says", Content(store => store.Write($"{Objects}/{Digest}", "mine\n")), false),
        ("a content that is a link", Content(store => store.Link($"{Objects}/{Digest}", store.PathOf(".ssh/authorized_keys"))), false),
        ("a content that is /dev/zero", Content(store => store.Link($"{Objects}/{Digest}", "/dev/zero")), true),
        ("contents that are a link", Content(store => store.Link(Objects, store.PathOf(".ssh"))), false),
        ("a directory that is a link", store => store.Link(Directory, store.PathOf("elsewhere")), false),
        ("a name that is no record's", store => store.Write($"{Directory}/x.json", Valid), false),
        ("one that is very long", store => store.WriteLong(Record, "{", 1L << 30), true),
        ("one that is /dev/zero", store => store.Link(Record, "/dev/zero"), true),
        ("one that is a pipe", store => store.Pipe(Record), true),
        ("a directory in its place", store => System.IO.Directory.CreateDirectory(store.PathOf(Record)), false),
    ];

    public static IReadOnlyList<HostileInput> All { get; } =
    [
        .. from plant in Plants
        from command in Commands
        select new HostileInput($"history: {plant.Name}: {Words(command)}", plant.Leave, command, null) { IsEndless = plant.IsEndless },
    ];

    private static string Words(string command) => string.Join(' ', command.Split(' ').TakeWhile(word => word != HostileStore.Cluster));

    private static (string, Action<HostileStore>, bool) Text(string name, string text) => (name, store => store.Write(Record, text), false);

    private static (string, Action<HostileStore>, bool) Changed(string name, string old, string now) =>
        Text(name, Valid.Replace(old, now, StringComparison.Ordinal));

    private static Action<HostileStore> Content(Action<HostileStore> leave) =>
        store =>
        {
            store.Write(Record, Valid);
            leave(store);
        };
}
