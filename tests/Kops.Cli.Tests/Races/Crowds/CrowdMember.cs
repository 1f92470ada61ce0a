using System.Globalization;
using Kops.Cli.Tests.Support;

namespace Kops.Cli.Tests.Races.Crowds;

/// <summary>
/// One of a crowd: runs changing commands one after the other, on things that it alone changes, in a cluster that all change. It follows
/// the cluster where it moves, and knows what must stand after what it was told.
/// </summary>
internal sealed class CrowdMember(Crowd crowd, int number, Random random)
{
    private const string Name = DeskClusters.Name;
    private static readonly string[] Secrets = ["dockerconfig", "ciliumpassword", "encryptionconfig"];
    private int _store;
    private int _written;
    private string? _before;

    /// <summary>The name of its own instance group and label.</summary>
    public string Own { get; } = string.Create(CultureInfo.InvariantCulture, $"w{number}");

    /// <summary>The cluster that it alone imports and deletes.</summary>
    public string Twin => $"{Own}.example.com";

    /// <summary>The secret that it alone writes; null when there are not enough.</summary>
    public string? Secret { get; } = number < Secrets.Length ? Secrets[number] : null;

    /// <summary>The maximum of its instance group.</summary>
    public Expectation Group { get; } = new($"the instance group w{number}");

    /// <summary>The value of its label.</summary>
    public Expectation Label { get; } = new($"the label w{number}");

    /// <summary>The value of its secret.</summary>
    public Expectation Value { get; } = new($"the secret of w{number}");

    /// <summary>Whether its twin is there.</summary>
    public Expectation Twins { get; } = new($"the cluster of w{number}");

    /// <summary>Its SSH key.</summary>
    public Expectation Ssh { get; } = new($"the SSH key of w{number}");

    /// <summary>How many key pairs it has made, and how many it may have made beside these.</summary>
    public (int Certain, int Perhaps) Pairs { get; private set; }

    /// <summary>Titles of edits that it was told were done.</summary>
    public List<string> Acknowledged { get; } = [];

    /// <summary>Titles of edits that it was told were not.</summary>
    public List<string> Refused { get; } = [];

    /// <summary>Runs so many commands.</summary>
    public async Task RunAsync(int steps)
    {
        for (var i = 0; i < steps; i++)
            await StepAsync(random.Next(9));
    }

    private Task StepAsync(int kind) =>
        (kind, Group.IsCertain ? Group.Value : null) switch
        {
            (0, "") or (1, "") or (2, "") => CreateGroupAsync(),
            (0, _) => EditGroupAsync(),
            (1, not null) => PushAsync(),
            (2, not null) when _before is not null => UndoAsync(),
            (3, not "") => DeleteGroupAsync(),
            (4, _) => CreatePairAsync(),
            (5, _) when Secret is not null => WriteSecretAsync(),
            (6, _) => TwinAsync(),
            (7, _) when Ssh is { IsCertain: true, Value: Expectation.Absent } => AddSshKeyAsync(),
            _ => EditClusterAsync(),
        };

    private async Task CreateGroupAsync()
    {
        var end = await TellAsync("create instancegroup", $"create instancegroup {Own} --role node --subnet us-east-1a --edit=false");
        Group.Note(end, "2");
        _before = null;
    }

    private async Task EditGroupAsync()
    {
        var (wanted, was) = (Next(), Group.IsCertain ? Group.Value : null);
        var end = await TellAsync("edit instancegroup", $"edit instancegroup {Own} --set spec.maxSize={wanted}");
        Group.Note(end, wanted);
        _before = end is StepEnd.Done ? was : null;
    }

    private async Task DeleteGroupAsync()
    {
        Group.Note(await TellAsync("delete instancegroup", $"delete instancegroup {Own} --unregister --yes"), Expectation.Absent);
        _before = null;
    }

    /// <summary>Takes its last edit of its group back.</summary>
    private async Task UndoAsync()
    {
        var history = await crowd.LookAsync($"history {Name}", _store);
        var last = history.Out.Split('\n').FirstOrDefault(line => line.Contains($"edit instancegroup {Own} ", StringComparison.Ordinal));
        if (last is null)
            return;
        Group.Note(await TellAsync("undo", $"undo {last.Split(['\t', ' '])[0]} --yes"), _before!);
        _before = null;
    }

    private async Task PushAsync()
    {
        var (wanted, directory) = (Next(), crowd.PathOf($"{Own}-{Next()}"));
        var pull = await crowd.LookAsync($"state pull {directory} {Name}", _store);
        var file = Path.Combine(directory, Name, "instancegroups", Own + ".yaml");
        if (pull.ExitCode != 0 || !File.Exists(file))
            return;
        var lines = File.ReadAllLines(file);
        File.WriteAllLines(
            file,
            lines.Select(line => line.StartsWith("  maxSize:", StringComparison.Ordinal) ? $"  maxSize: {wanted}" : line)
        );
        Group.Note(await TellAsync("push", $"state push {directory} --yes", hasName: false), wanted);
        _before = null;
    }

    private async Task EditClusterAsync()
    {
        var wanted = Next();
        var set = $"spec.cloudLabels.{Own}={wanted}";
        var end = await TellAsync("edit cluster", $"edit cluster --set {set}");
        Label.Note(end, wanted);
        (
            end is StepEnd.Done ? Acknowledged
            : end is StepEnd.Refused ? Refused
            : []
        ).Add(set);
    }

    private async Task CreatePairAsync()
    {
        var end = await TellAsync("create keypair", "create keypair kubernetes-ca");
        Pairs = (Pairs.Certain + (end is StepEnd.Done ? 1 : 0), Pairs.Perhaps + (end is StepEnd.Unknown ? 1 : 0));
    }

    private async Task WriteSecretAsync()
    {
        if (Value is { IsCertain: true, Value: not Expectation.Absent } && random.Next(3) == 0)
        {
            Value.Note(await TellAsync("delete secret", $"delete secret {Secret}"), Expectation.Absent);
            return;
        }

        var wanted = Next();
        var file = crowd.Write($"{Own}-secret", $$"""{"kind": "{{wanted}}"}""");
        Value.Note(await TellAsync("create secret", $"create secret {Secret} -f {file} --force"), wanted);
    }

    private async Task AddSshKeyAsync() =>
        Ssh.Note(await TellAsync("create sshpublickey", $"create sshpublickey -i {crowd.SshKeyOf(Own)}"), "there");

    /// <summary>Its twin stays in the first store: nobody moves it.</summary>
    private async Task TwinAsync() =>
        Twins.Note(
            Twins is { IsCertain: true, Value: Expectation.Absent }
                ? await crowd.RunAsync("import", $"state import {crowd.BundleOf(Twin)}", 0, Killing())
                : await crowd.RunAsync("delete cluster", $"delete cluster {Twin} --unregister --yes", 0, Killing()),
            Twins is { IsCertain: true, Value: Expectation.Absent } ? "there" : Expectation.Absent
        );

    private async Task<StepEnd> TellAsync(string kind, string command, bool hasName = true)
    {
        var end = await crowd.RunAsync(kind, hasName ? $"{command} --name {Name}" : command, _store, Killing());

        // Where it has moved to, or where it was before.
        if (end is StepEnd.Refused && crowd.Moves && random.Next(2) == 0)
            _store = 1 - _store;
        return end;
    }

    /// <summary>After how long to kill the next command; null to let it live.</summary>
    private TimeSpan? Killing() => random.Next(8) == 0 ? TimeSpan.FromMilliseconds(random.Next(1500)) : null;

    // A group has at least one machine, and its maximum must be no less.
    private string Next() => (3 + _written++).ToString(CultureInfo.InvariantCulture);
}
