using System.Diagnostics;
using Kops.Cli.Tests.Support;
using Kops.StateStore.Bundles.Age;
using Xunit;

namespace Kops.Cli.Tests.State;

/// <summary>Clusters in a directory for review: pulled, edited, merged with git, pushed.</summary>
public sealed class ReviewCommandTests : IDisposable
{
    private const string Name = DeskClusters.Name;
    private const string Group = $"{Name}/instancegroups/nodes-us-east-1a.yaml";

    // Made for this test with age-keygen; it opens nothing else.
    private const string Recipient = "age1w9vh6xc4dv7j65ezv620n6j6r9e0x7c8zxfe3s79l8gu5mgyw4csa9dn3r";
    private const string Identity = "AGE-SECRET-KEY-1CEAUK6KNLK4CHS5QRSTL3A5JJUU6RUL6RPE66SLYE3AWJ0DMGLQS6HCJGK";
    private static readonly string[] Types = ["m5.large", "m5.xlarge", "t3.medium"];
    private readonly Desk _desk = new();

    private string Review => _desk.PathOf("review");

    public void Dispose() => _desk.Dispose();

    [Fact]
    public async Task What_was_pulled_are_the_objects_as_they_stand_and_pushing_it_changes_nothing()
    {
        var cluster = await CreateAsync();
        await RunAsync("update", "cluster", Name, "--yes");
        var store = DeskClusters.Snapshot(_desk.PathOf(".kops/state"));

        var pulled = await RunAsync("state", "pull", Review);
        var first = DeskClusters.Snapshot(Review);
        var again = await RunAsync("state", "pull", Review);
        var pushed = await RunAsync("state", "push", Review, "--yes");

        Assert.Contains("Pulled 1 cluster into ", pulled.Out, StringComparison.Ordinal);
        Assert.Contains(": 0 files changed.", again.Out, StringComparison.Ordinal);
        Assert.Equal("Nothing was edited: nothing to push.\n", pushed.Out);
        Assert.Equal(first, DeskClusters.Snapshot(Review));
        Assert.Equal(store, DeskClusters.Snapshot(_desk.PathOf(".kops/state")));
        Assert.Equal(File.ReadAllText(Path.Combine(cluster, "config")), first[$"{Name}/cluster.yaml"]);
        Assert.Equal(File.ReadAllText(Path.Combine(cluster, "instancegroup/nodes-us-east-1a")), first[Group]);
        Assert.Equal(
            [
                ".kops-pull.json",
                $"{Name}/cluster.yaml",
                $"{Name}/instancegroups/control-plane-us-east-1a.yaml",
                Group,
                $"{Name}/instancegroups/nodes-us-east-1b.yaml",
            ],
            first.Keys.Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task Whatever_is_edited_is_pushed_as_one_change_and_then_both_sides_are_equal()
    {
        await CreateAsync();
        await RunAsync("state", "pull", Review);
        var random = new Random(20261123);
        for (var i = 0; i < 10; i++)
        {
            var (min, max, type, channel) = (
                random.Next(1, 10),
                random.Next(10, 21),
                Types[random.Next(Types.Length)],
                random.Next(2) == 0 ? "stable" : "alpha"
            );
            Edit(Group, text => Set(Set(Set(text, "minSize", $"{min}"), "maxSize", $"{max}"), "machineType", type));
            Edit($"{Name}/cluster.yaml", text => Set(text, "channel", channel));
            var isNew = (await RunAsync("state", "push", Review)).Out.Contains("Must specify --yes", StringComparison.Ordinal);
            var records = await CountRecordsAsync();
            await RunAsync("state", "push", Review, "--yes");

            Assert.Equal(records + (isNew ? 1 : 0), await CountRecordsAsync());
            Assert.Contains(": 0 files changed.\n", (await RunAsync("state", "pull", Review)).Out, StringComparison.Ordinal);
            Assert.Equal("Nothing was edited: nothing to push.\n", (await RunAsync("state", "push", Review, "--yes")).Out);
            var group = (await RunAsync("get", "ig", "nodes-us-east-1a", "--name", Name, "-o", "yaml")).Out;
            foreach (var line in (string[])[$"minSize: {min}", $"maxSize: {max}", $"machineType: {type}"])
                Assert.Contains(line, group, StringComparison.Ordinal);
            Assert.Contains($"channel: {channel}", (await RunAsync("get", "cluster", Name, "-o", "yaml")).Out, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Of_two_who_edited_the_same_file_the_second_is_told_and_nothing_is_lost()
    {
        await CreateAsync();
        var (mine, yours) = (_desk.PathOf("mine"), _desk.PathOf("yours"));
        await RunAsync("state", "pull", mine);
        await RunAsync("state", "pull", yours);
        Edit(Path.Combine(mine, Group), text => Set(text, "maxSize", "5"));
        Edit(Path.Combine(yours, Group), text => Set(text, "maxSize", "7"));
        Edit(Path.Combine(yours, $"{Name}/cluster.yaml"), text => Set(text, "channel", "alpha"));
        await RunAsync("state", "push", mine, "--yes");
        var store = DeskClusters.Snapshot(_desk.PathOf(".kops/state"));
        var edited = DeskClusters.Snapshot(yours);

        var push = await _desk.RunAsync("state", "push", yours, "--yes");
        var pull = await _desk.RunAsync("state", "pull", yours);

        Assert.Equal((3, 3), (push.ExitCode, pull.ExitCode));
        Assert.Contains(
            $"  {Group}: from what stands in the store to what stands here\n      spec.maxSize: 5 -> 7",
            push.Error,
            StringComparison.Ordinal
        );
        Assert.Equal(store, DeskClusters.Snapshot(_desk.PathOf(".kops/state")));
        Assert.Equal(edited, DeskClusters.Snapshot(yours));
    }

    [Fact]
    public async Task Edits_of_two_people_are_merged_with_git()
    {
        await CreateAsync();
        await RunAsync("state", "pull", Review);
        await GitAsync(
            "init -q -b main && git config user.email a@example.com && git config user.name A && git add . && git commit -qm base"
        );
        await RunAsync("edit", "ig", "nodes-us-east-1a", "--name", Name, "--set", "spec.maxSize=5");
        await GitAsync("checkout -qb work");
        Edit(Group, text => Set(text, "image", "ubuntu/of-ours"));
        await GitAsync("commit -qam work && git checkout -q main");
        await RunAsync("state", "pull", Review);
        await GitAsync("commit -qam 'as it is now' && git merge -q work -m merge");

        var push = await RunAsync("state", "push", Review, "--yes");

        Assert.StartsWith($"~ {Name}/instancegroup/nodes-us-east-1a\n      spec.image: ", push.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("maxSize", push.Out, StringComparison.Ordinal);
        var group = (await RunAsync("get", "ig", "nodes-us-east-1a", "--name", Name, "-o", "yaml")).Out;
        Assert.Contains("maxSize: 5", group, StringComparison.Ordinal);
        Assert.Contains("image: ubuntu/of-ours", group, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_changed_in_the_store_alone_is_no_conflict()
    {
        await CreateAsync();
        await RunAsync("state", "pull", Review);
        await RunAsync("edit", "cluster", Name, "--set", "spec.channel=alpha");
        Edit(Group, text => Set(text, "maxSize", "5"));

        var push = await RunAsync("state", "push", Review, "--yes");
        var pull = await RunAsync("state", "pull", Review);

        Assert.Contains("Note: 1 other file was changed in the store since", push.Error, StringComparison.Ordinal);
        Assert.StartsWith($"~ {Name}/cluster.yaml\nPulled", pull.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Groups_keys_and_clusters_come_and_groups_and_keys_go_with_their_files()
    {
        await CreateAsync();
        await RunAsync("state", "pull", Review);
        File.Move(
            Path.Combine(Review, $"{Name}/instancegroups/nodes-us-east-1b.yaml"),
            Path.Combine(Review, $"{Name}/instancegroups/spare.yaml")
        );
        Edit($"{Name}/instancegroups/spare.yaml", text => text.Replace("name: nodes-us-east-1b", "name: spare", StringComparison.Ordinal));
        Directory.CreateDirectory(Path.Combine(Review, $"{Name}/ssh"));
        await File.WriteAllTextAsync(
            Path.Combine(Review, $"{Name}/ssh/me.pub"),
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ8p0T5Zc5Zc5Zc5Zc5Zc5Zc5Zc5Zc5Zc5Zc5Zc5Zc5Z me\n",
            TestContext.Current.CancellationToken
        );
        foreach (
            var file in DeskClusters
                .Snapshot(Review)
                .Where(file => file.Key.StartsWith(Name, StringComparison.Ordinal) && !file.Key.Contains("/ssh/", StringComparison.Ordinal))
        )
        {
            var copy = Path.Combine(Review, file.Key.Replace(Name, "twin.example.com", StringComparison.Ordinal));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            await File.WriteAllTextAsync(
                copy,
                file.Value.Replace(Name, "twin.example.com", StringComparison.Ordinal),
                TestContext.Current.CancellationToken
            );
        }

        var push = await RunAsync("state", "push", Review, "--yes");

        Assert.Contains($"- {Name}/instancegroup/nodes-us-east-1b\n", push.Out, StringComparison.Ordinal);
        Assert.Contains($"+ {Name}/instancegroup/spare\n", push.Out, StringComparison.Ordinal);
        Assert.Contains("Pushed cluster/twin.example.com", push.Out, StringComparison.Ordinal);
        Assert.Contains("twin.example.com", (await RunAsync("get", "clusters")).Out, StringComparison.Ordinal);
        Assert.Equal(
            ["control-plane-us-east-1a", "nodes-us-east-1a", "spare"],
            Directory.GetFiles(_desk.PathOf($".kops/state/{Name}/instancegroup")).Select(Path.GetFileName).Order(StringComparer.Ordinal)
        );
        var key = Directory.GetFiles(Path.Combine(Review, $"{Name}/ssh")).Single();
        Assert.NotEqual("me.pub", Path.GetFileName(key));
        Assert.Equal("Nothing was edited: nothing to push.\n", (await RunAsync("state", "push", Review)).Out);

        File.Delete(key);
        Assert.Contains("- ", (await RunAsync("state", "push", Review, "--yes")).Out, StringComparison.Ordinal);
        Assert.Contains(
            "no SSH public key found",
            (await _desk.RunAsync("get", "sshpublickeys", "--name", Name)).Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_cluster_that_was_deleted_in_the_store_goes_from_the_directory_with_the_next_pull()
    {
        await CreateAsync();
        await RunAsync("state", "pull", Review);
        await RunAsync("delete", "cluster", Name, "--unregister", "--yes");

        await RunAsync("state", "pull", Review);

        Assert.Equal([".kops-pull.json"], DeskClusters.Snapshot(Review).Keys);
    }

    [Theory]
    [InlineData(
        "cluster.yaml",
        "  channel: stable",
        "  chanel: stable",
        "cluster.yaml:13:3: spec.chanel: no such field; did you mean 'channel'?"
    )]
    [InlineData("cluster.yaml", "kind: Cluster", "<<<<<<< HEAD\nkind: Cluster", "cluster.yaml:2: a merge is not finished here")]
    [InlineData("cluster.yaml", "  name: demo.example.com", "  name: other.example.com", "a cluster cannot be renamed")]
    [InlineData(
        "instancegroups/nodes-us-east-1a.yaml",
        "  name: nodes-us-east-1a",
        "  name: workers",
        "the file must be called workers.yaml"
    )]
    [InlineData("instancegroups/nodes-us-east-1a.yaml", "  maxSize: 1", "  maxSize: 0", "maxSize")]
    [InlineData("instancegroups/control-plane-us-east-1a.yaml", null, null, "without control-plane-us-east-1a")]
    [InlineData("cluster.yaml", null, null, "clusters are not deleted this way: run 'kops delete cluster demo.example.com --yes'")]
    public async Task What_may_not_be_is_refused_with_its_place_and_nothing_is_changed(
        string file,
        string? old,
        string? now,
        string problem
    )
    {
        await CreateAsync();
        await RunAsync("state", "pull", Review);
        var path = Path.Combine(Review, Name, file);
        if (old is null)
            File.Delete(path);
        else
            Edit(path, text => text.Replace(old, now, StringComparison.Ordinal));
        var store = DeskClusters.Snapshot(_desk.PathOf(".kops/state"));

        var push = await _desk.RunAsync("state", "push", Review, "--yes");

        Assert.Equal(1, push.ExitCode);
        Assert.Contains(problem, push.Error, StringComparison.Ordinal);
        Assert.Equal(store, DeskClusters.Snapshot(_desk.PathOf(".kops/state")));
    }

    [Fact]
    public async Task Nothing_outside_of_the_directory_is_read_or_written()
    {
        await CreateAsync();
        await RunAsync("state", "pull", Review);
        var secret = _desk.Write("secret.yaml", "kind: Secret\n");
        File.CreateSymbolicLink(Path.Combine(Review, Name, "instancegroups", "x.yaml"), secret);
        var file = await _desk.RunAsync("state", "push", Review);
        File.Delete(Path.Combine(Review, Name, "instancegroups", "x.yaml"));
        Directory.Delete(Path.Combine(Review, Name), recursive: true);
        Directory.CreateSymbolicLink(Path.Combine(Review, Name), Directory.CreateDirectory(_desk.PathOf("elsewhere")).FullName);
        var directory = await _desk.RunAsync("state", "pull", Review);

        Assert.Equal((1, 1), (file.ExitCode, directory.ExitCode));
        Assert.All([file, directory], run => Assert.Contains("is a link, and none is followed here", run.Error, StringComparison.Ordinal));
        Assert.Empty(Directory.GetFileSystemEntries(_desk.PathOf("elsewhere")));
    }

    [Fact]
    public async Task A_directory_belongs_to_one_store_and_what_else_is_in_it_is_left_alone()
    {
        await CreateAsync();
        _desk.Write("review/README.md", "ours\n");
        _desk.Write($"review/{Name}/notes.txt", "ours\n");
        Assert.Equal(4, (await _desk.RunAsync("state", "push", Review)).ExitCode);
        await RunAsync("state", "pull", Review);

        var push = await _desk.RunAsync("state", "push", Review, "--state", _desk.PathOf("other"));
        var pull = await _desk.RunAsync("state", "pull", Review, "--state", _desk.PathOf("other"));
        _desk.Write("review/.kops-pull.json", "{");
        var broken = await _desk.RunAsync("state", "push", Review);

        Assert.Contains("was pulled from ", push.Error, StringComparison.Ordinal);
        Assert.Contains("was pulled from ", pull.Error, StringComparison.Ordinal);
        Assert.Contains(".kops-pull.json cannot be read", broken.Error, StringComparison.Ordinal);
        Assert.Equal(
            ("ours\n", "ours\n"),
            (File.ReadAllText(Path.Combine(Review, "README.md")), File.ReadAllText(Path.Combine(Review, Name, "notes.txt")))
        );
    }

    [Fact]
    public async Task Keys_and_secrets_are_left_out_or_sealed_and_sealed_anew_only_where_they_changed()
    {
        var cluster = await CreateAsync();
        await RunAsync("update", "cluster", Name, "--yes");
        await RunAsync("state", "pull", Review);
        Assert.DoesNotContain(
            DeskClusters.Snapshot(Review).Values,
            text => text.Contains("privateMaterial", StringComparison.Ordinal) || text.Contains("PRIVATE", StringComparison.Ordinal)
        );

        await RunAsync("state", "pull", Review, "--recipient", Recipient);
        var first = SealedBytes();
        await RunAsync("state", "pull", Review);
        Assert.Equal(first, SealedBytes());
        await RunAsync("create", "keypair", "kubernetes-ca", "--name", Name);
        await RunAsync("state", "pull", Review);

        var changed = SealedBytes();
        Assert.Equal(
            [$"{Name}/sealed/private/kubernetes-ca/keyset.yaml.age"],
            changed.Where(file => first[file.Key] != file.Value).Select(file => file.Key)
        );
        Assert.Equal(first.Keys, changed.Keys);
        Assert.Contains($"{Name}/sealed/secrets/admin.age", changed.Keys);
        foreach (
            var (name, place) in ((string, string)[])
                [("private/kubernetes-ca/keyset.yaml", "pki/private/kubernetes-ca/keyset.yaml"), ("secrets/admin", "secrets/admin")]
        )
        {
            await using var file = File.OpenRead(Path.Combine(Review, Name, "sealed", name + ".age"));
            await using var opened = await AgeReader.BeginAsync(file, AgeKey.FromIdentity(Identity), TestContext.Current.CancellationToken);
            Assert.Equal(
                File.ReadAllText(Path.Combine(cluster, place)),
                await new StreamReader(opened).ReadToEndAsync(TestContext.Current.CancellationToken)
            );
        }

        var wrong = await _desk.RunAsync("state", "pull", Review, "--recipient", "age1nonsense");
        Assert.Equal(2, wrong.ExitCode);
    }

    private static string Set(string text, string field, string value) =>
        string.Join(
            '\n',
            text.Split('\n')
                .Select(line =>
                    line.TrimStart().StartsWith(field + ": ", StringComparison.Ordinal)
                        ? $"{line[..line.IndexOf(field, StringComparison.Ordinal)]}{field}: {value}"
                        : line
                )
        );

    private Task<string> CreateAsync() => _desk.CreateAsync();

    private void Edit(string file, Func<string, string> change)
    {
        var path = Path.Combine(Review, file);
        File.WriteAllText(path, change(File.ReadAllText(path)));
    }

    private Dictionary<string, string> SealedBytes() =>
        Directory
            .GetFiles(Review, "*.age", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .ToDictionary(file => Path.GetRelativePath(Review, file), file => Convert.ToHexString(File.ReadAllBytes(file)));

    private async Task<int> CountRecordsAsync() => (await RunAsync("history")).Out.Split('\n').Length;

    private async Task GitAsync(string arguments)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/git"), "git is not installed");
        using var git = Process.Start(
            new ProcessStartInfo("bash", ["-c", "git " + arguments])
            {
                WorkingDirectory = Review,
                RedirectStandardError = true,
                RedirectStandardOutput = true,
                Environment = { ["HOME"] = _desk.Home },
            }
        )!;
        var error = await git.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await git.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(git.ExitCode == 0, error);
    }

    private async Task<KopsRun> RunAsync(params string[] arguments)
    {
        var run = await _desk.RunAsync(arguments);
        Assert.True(run.ExitCode == 0, $"{string.Join(' ', arguments)}: {run.Error}");
        return run;
    }
}
