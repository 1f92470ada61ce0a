namespace Kops.Cli.Tests.Hostile;

/// <summary>Files where the record of a cluster's change stands.</summary>
internal static class PlantedRecords
{
    private const string Path = $"state/.kops/pending/{HostileStore.Cluster}.json";
    private const string Edit = $"edit cluster {HostileStore.Cluster} --set spec.channel=alpha";
    private static readonly string Digest = new('a', 64);

    private static readonly string Valid = $$"""
        {"format": 2, "name": "0123456789abcdef0123456789abcdef", "serial": 42, "cluster": "{{HostileStore.Cluster}}", "title": "edit",
         "user": "a", "host": "h", "command": "kops edit", "program": "kops 0", "started": "2026-11-22T12:00:00.000Z", "outcome": "pending",
         "begun": true, "lease": {"holder": "b@h", "machine": "", "processId": 0, "processStarted": "", "token": "f0", "beat": 3},
         "files": [{"change": "create", "place": "registry", "key": "addons/x", "secrecy": "plain", "afterSha256": "{{Digest}}"}]}
        """;

    public static IReadOnlyList<HostileInput> All { get; } =
    [
        Text("no JSON", "run: rm -rf /"),
        Text("a page of a proxy", "<html><body>sign in</body></html>"),
        Text("lists within lists", new string('[', 200_000)),
        Changed("a later format", "\"format\": 2", "\"format\": 3"),
        Changed("a field of nobody's", "\"begun\"", "\"run\": \"rm\", \"begun\""),
        Changed("another cluster", $"\"cluster\": \"{HostileStore.Cluster}\"", $"\"cluster\": \"{HostileStore.Other}\""),
        Changed("a key above", "addons/x", $"../{HostileStore.Other}/config"),
        Changed("a key from the root", "addons/x", "/root/.ssh/authorized_keys"),
        Changed("a place that is an address", "\"registry\"", "\"file:///root/.ssh\""),
        Changed("a place of nobody's", "\"registry\"", "\"home\""),
        Changed("a title that steers the terminal", "\"edit\"", "\"\\u001b[2J\""),
        Changed("half a character", "\"edit\"", "\"\\ud800\""),
        Changed("no lease", "\"lease\"", "\"leas\""),
        Changed("a field twice", "\"begun\": true", "\"begun\": true, \"begun\": false"),
        new("record: very long", store => store.WriteLong(Path, "{", 1L << 30), Edit, "pending") { IsEndless = true },
        new("record: a link to /dev/zero", store => store.Link(Path, "/dev/zero"), Edit, "pending") { IsEndless = true },
        new("record: a pipe", store => store.Pipe(Path), Edit, "pending") { IsEndless = true },
        new("record: a directory", store => Directory.CreateDirectory(store.PathOf(Path)), Edit, "pending") { IsEndless = true },
    ];

    private static HostileInput Text(string name, string text) => new("record: " + name, store => store.Write(Path, text), Edit, "pending");

    private static HostileInput Changed(string name, string old, string now) =>
        Text(name, Valid.Replace(old, now, StringComparison.Ordinal));
}
