using System.Text;
using Kops.StateStore.Changes;
using Kops.StateStore.Files;
using Kops.Vfs;

namespace Kops.StateStore.Tests.Support;

/// <summary>Change sets that touch every kind of file, on files whose content does not matter.</summary>
internal static class ChangeExample
{
    public const string Cluster = "demo.example.com";

    /// <summary>What stands before: key and content.</summary>
    public static readonly (string Key, string Text)[] Before =
    [
        ("config", "old config"),
        ("instancegroup/nodes", "old nodes"),
        ("instancegroup/gone", "gone"),
        ("addons/a.yaml", "old addon"),
        ("kops-version.txt", "1.0"),
        ("pki/private/rotated/keyset.yaml", "old key"),
        ("secrets/gone", "old secret"),
        ("backups/etcd/main/1", "backup"),
    ];

    public static async Task PrepareAsync(World world)
    {
        foreach (var (key, text) in Before)
            await world.PutAsync($"{Cluster}/{key}", text);
    }

    /// <summary>Creates, replaces and deletes files that are kept, and creates secrets: a change that can be undone at any point.</summary>
    public static Task<ChangeSet> ReversibleAsync(VfsPath root) =>
        BuildAsync(
            root,
            [
                ("config", "new config", FileSecrecy.Plain),
                ("instancegroup/nodes", "new nodes", FileSecrecy.Plain),
                ("instancegroup/gone", null, FileSecrecy.Plain),
                ("instancegroup/more", "more", FileSecrecy.Plain),
                ("addons/a.yaml", "new addon", FileSecrecy.Plain),
                ("kops-version.txt", "2.0", FileSecrecy.Plain),
                ("pki/private/new/keyset.yaml", "SECRET new key", FileSecrecy.Secret),
                ("secrets/new", "SECRET new secret", FileSecrecy.Secret),
            ]
        );

    /// <summary>Replaces and deletes secrets too, which cannot be restored.</summary>
    public static Task<ChangeSet> IrreversibleAsync(VfsPath root) =>
        BuildAsync(
            root,
            [
                ("config", "new config", FileSecrecy.Plain),
                ("instancegroup/gone", null, FileSecrecy.Plain),
                ("instancegroup/more", "more", FileSecrecy.Plain),
                ("pki/private/new/keyset.yaml", "SECRET new key", FileSecrecy.Secret),
                ("pki/private/rotated/keyset.yaml", "SECRET other key", FileSecrecy.Secret),
                ("secrets/gone", null, FileSecrecy.Secret),
                ("backups/etcd/main/1", null, FileSecrecy.Opaque),
            ]
        );

    public static async Task<ChangeSet> BuildAsync(VfsPath root, (string Key, string? Text, FileSecrecy Secrecy)[] files)
    {
        var builder = new ChangeSetBuilder(Cluster, "test");
        foreach (var (key, text, secrecy) in files)
        {
            var path = root.Join(Cluster, key);
            var read =
                secrecy is FileSecrecy.Opaque ? StoredFile.Listed(path, (await path.StatAsync())!) : await StoredFile.ReadAsync(path);
            if (text is null)
                builder.Delete(read, secrecy);
            else
                builder.Write(read, Encoding.UTF8.GetBytes(text), secrecy);
        }

        return builder.Build();
    }
}
