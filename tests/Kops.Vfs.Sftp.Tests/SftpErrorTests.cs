using System.Diagnostics;
using Kops.Vfs.Drivers;
using Kops.Vfs.Sftp.Configuration;
using Kops.Vfs.Sftp.Tests.Servers;
using Xunit;

namespace Kops.Vfs.Sftp.Tests;

/// <summary>Who is let in, and what users are told when something is wrong.</summary>
public sealed class SftpErrorTests(SftpServer server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IReadOnlyDictionary<string, string> Values => server.Values;

    [Theory]
    [InlineData("SSH_KEY")]
    [InlineData("SSH_KEY_RSA")]
    [InlineData("SSH_KEY_ENCRYPTED")]
    public async Task Keys_of_all_kinds_let_in(string key)
    {
        await using var driver = server.Open(
            server.NewRoot(),
            options => options with { KeyFiles = Values[key], Passphrase = key is "SSH_KEY_ENCRYPTED" ? Values["SSH_PASSPHRASE"] : null }
        );

        Assert.Null(await driver.StatAsync("key", Token));
    }

    [Fact]
    public async Task A_password_lets_in_where_no_key_does()
    {
        await using var driver = server.Open(
            server.NewRoot(),
            options => options with { KeyFiles = Values["SSH_KEY_UNKNOWN"], Password = Values["SSH_PASSWORD"] }
        );

        Assert.Null(await driver.StatAsync("key", Token));
    }

    [Theory]
    [InlineData("SSH_KEY")]
    [InlineData("SSH_KEY_RSA")]
    public async Task A_key_that_an_agent_holds_lets_in(string key)
    {
        var socket = Path.Combine(Directory.CreateTempSubdirectory("kops-agent-").FullName, "agent");
        using var agent = Process.Start(new ProcessStartInfo("ssh-agent", ["-D", "-a", socket]) { RedirectStandardOutput = true })!;
        try
        {
            for (var i = 0; i < 100 && !File.Exists(socket); i++)
                await Task.Delay(50, Token);
            using var add = Process.Start(
                new ProcessStartInfo("ssh-add", ["-q", Values[key]])
                {
                    Environment = { ["SSH_AUTH_SOCK"] = socket },
                    RedirectStandardError = true,
                }
            )!;
            await add.WaitForExitAsync(Token);
            await using var driver = server.Open(
                server.NewRoot(),
                options => options with { KeyFiles = string.Empty, KeyFilesAreNamed = false, AgentSocket = socket }
            );

            Assert.Null(await driver.StatAsync("key", Token));
        }
        finally
        {
            agent.Kill();
            Directory.Delete(Path.GetDirectoryName(socket)!, recursive: true);
        }
    }

    [Fact]
    public async Task Who_is_not_let_in_is_told_what_was_tried()
    {
        var e = await FailAsync(options => options with { KeyFiles = Values["SSH_KEY_UNKNOWN"], Password = "open-sesame" });

        Assert.Equal((StoreErrorKind.Unauthenticated, false), (e.Kind, e.IsTransient));
        Assert.Contains(
            $"does not let '{Values["SSH_USER"]}' in; tried were {Values["SSH_KEY_UNKNOWN"]}, the password: put the public key into "
                + $"that user's ~/.ssh/authorized_keys there",
            e.Message,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("sesame", e.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_is_encrypted_wants_its_passphrase()
    {
        var without = await FailAsync(options => options with { KeyFiles = Values["SSH_KEY_ENCRYPTED"] });
        var wrong = await FailAsync(options => options with { KeyFiles = Values["SSH_KEY_ENCRYPTED"], Passphrase = "open-sesame" });
        var passedOver = await FailAsync(options => options with { KeyFiles = Values["SSH_KEY_ENCRYPTED"], KeyFilesAreNamed = false });

        Assert.Contains(
            $"the key {Values["SSH_KEY_ENCRYPTED"]} is encrypted; set KOPS_SSH_PASSPHRASE, or add it to an agent with ssh-add",
            without.Message,
            StringComparison.Ordinal
        );
        Assert.Contains("the passphrase is wrong, or the file is broken", wrong.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("sesame", wrong.ToString(), StringComparison.Ordinal);
        Assert.Contains("there is nothing to sign in with but", passedOver.Message, StringComparison.Ordinal);
        Assert.All([without, wrong, passedOver], e => Assert.Equal((StoreErrorKind.Unauthenticated, false), (e.Kind, e.IsTransient)));
    }

    [Fact]
    public async Task Without_any_key_the_ways_to_name_one_are_said()
    {
        var none = await FailAsync(options => options with { KeyFiles = "/nowhere/id_rsa", KeyFilesAreNamed = false });
        var missing = await FailAsync(options => options with { KeyFiles = "/nowhere/id_rsa" });

        Assert.Contains(
            "there is no key to sign in with: no agent (SSH_AUTH_SOCK), no key in ~/.ssh; name one with KOPS_SSH_KEY, or set "
                + "KOPS_SSH_PASSWORD",
            none.Message,
            StringComparison.Ordinal
        );
        Assert.Contains("the key /nowhere/id_rsa cannot be read", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_nobody_has_noted_is_not_trusted_and_its_fingerprint_is_shown()
    {
        var e = await FailAsync(options => options with { KnownHostsFiles = "/nowhere/known_hosts" });

        Assert.Equal((StoreErrorKind.Unauthenticated, false), (e.Kind, e.IsTransient));
        Assert.Contains($"the key of the server 127.0.0.1:{Values["SSH_PORT"]} is not known (", e.Message, StringComparison.Ordinal);
        Assert.Contains(
            $"compare it with what the server's owner says, then ssh-keyscan -p {Values["SSH_PORT"]} 127.0.0.1 >> /nowhere/known_hosts",
            e.Message,
            StringComparison.Ordinal
        );
        Assert.Contains(await FingerprintAsync("ed25519"), e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_with_another_key_than_the_one_that_is_known_is_not_trusted()
    {
        var unknown = await File.ReadAllTextAsync(Values["SSH_KEY_UNKNOWN"] + ".pub", Token);
        var file = await KnownHostsAsync($"# a comment\n[127.0.0.1]:{Values["SSH_PORT"]} {unknown}");

        var e = await FailAsync(options => options with { KnownHostsFiles = file });

        Assert.Equal((StoreErrorKind.Unauthenticated, false), (e.Kind, e.IsTransient));
        Assert.Contains("is not the one that is known: it shows the key ssh-ed25519 SHA256:", e.Message, StringComparison.Ordinal);
        Assert.Contains($"and {file}:2 says SHA256:", e.Message, StringComparison.Ordinal);
        Assert.Contains("somebody may stand in between", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hashed")]
    [InlineData("rsa")]
    [InlineData("wildcard")]
    public async Task A_server_is_known_in_every_form_of_the_file(string form)
    {
        var keys = Values["SSH_HOST_KEYS"].Split(':');
        var (name, key) = ($"[127.0.0.1]:{Values["SSH_PORT"]}", (await File.ReadAllTextAsync(keys[form is "rsa" ? 1 : 0], Token)).Trim());
        var file = await KnownHostsAsync(
            form switch
            {
                "wildcard" => $"!example.com,*.example.com,[127.0.0.?]:* {key}\n",
                _ => $"{name} {key}\n",
            }
        );
        if (form is "hashed")
        {
            using var hash = Process.Start(
                new ProcessStartInfo("ssh-keygen", ["-H", "-f", file]) { RedirectStandardError = true, RedirectStandardOutput = true }
            )!;
            await hash.WaitForExitAsync(Token);
            Assert.StartsWith("|1|", await File.ReadAllTextAsync(file, Token), StringComparison.Ordinal);
        }

        await using var driver = server.Open(server.NewRoot(), options => options with { KnownHostsFiles = file });

        Assert.Null(await driver.StatAsync("key", Token));
    }

    [Fact]
    public async Task A_key_that_was_revoked_is_not_trusted()
    {
        var key = (await File.ReadAllTextAsync(Values["SSH_HOST_KEYS"].Split(':')[0], Token)).Trim();
        var file = await KnownHostsAsync($"* {key}\n@revoked * {key}\n");

        Assert.Equal(StoreErrorKind.Unauthenticated, (await FailAsync(options => options with { KnownHostsFiles = file })).Kind);
    }

    [Theory]
    [InlineData("stat")]
    [InlineData("read")]
    [InlineData("write")]
    [InlineData("replace")]
    [InlineData("delete")]
    [InlineData("list")]
    public async Task Where_access_is_denied_the_user_is_named(string operation)
    {
        var root = server.NewRoot();
        var writes = operation is "write" or "replace" or "delete";
        Directory.CreateDirectory(root);
        await File.WriteAllTextAsync(Path.Combine(root, "key"), "x", Token);
        // It belongs to root, whom the user is not.
        File.SetUnixFileMode(root, writes ? (UnixFileMode)0b111_101_101 : (UnixFileMode)0b111_000_000);
        await using var driver = server.Open(root);
        var version = writes ? (await driver.StatAsync("key", Token))!.Version!.Value : default;

        var e = await Assert.ThrowsAsync<StoreException>(async () =>
            await (
                operation switch
                {
                    "stat" => driver.StatAsync("key", Token).AsTask(),
                    "read" => driver.OpenReadAsync("key", Token).AsTask(),
                    "write" => driver.PutAsync("new", ObjectBody.FromBytes("x"u8.ToArray()), WriteCondition.IfAbsent, Token).AsTask(),
                    "replace" => driver
                        .PutAsync("key", ObjectBody.FromBytes("x"u8.ToArray()), WriteCondition.IfMatch(version), Token)
                        .AsTask(),
                    "delete" => driver.DeleteAsync("key", WriteCondition.IfMatch(version), Token).AsTask(),
                    _ => (Task)driver.ListAsync(string.Empty, ListDepth.Tree, Token).CountAsync(Token).AsTask(),
                }
            )
        );

        Assert.Equal((StoreErrorKind.PermissionDenied, false), (e.Kind, e.IsTransient));
        Assert.Contains(
            $"the user '{Values["SSH_USER"]}' has no right to this on 127.0.0.1:{Values["SSH_PORT"]}; give it one there with chmod or "
                + $"chown",
            e.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_server_that_cannot_be_reached_is_named()
    {
        var nobody = await FailAsync(options => options with { Port = 1, MaxRetries = 1 });
        var nowhere = await FailAsync(options => options with { Host = "no-such-host.invalid", MaxRetries = 0 });

        Assert.Equal((StoreErrorKind.Unavailable, true), (nobody.Kind, nobody.IsTransient));
        Assert.Contains("no connection to 127.0.0.1:1 (connection refused", nobody.Message, StringComparison.Ordinal);
        Assert.Contains("there is no host 'no-such-host.invalid'", nowhere.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_written_can_be_looked_into_by_its_owner_alone()
    {
        var root = server.NewRoot();
        await using var driver = server.Open(root);
        await driver.PutAsync("dir/key", ObjectBody.FromBytes("x"u8.ToArray()), WriteCondition.IfAbsent, Token);

        Assert.Equal((UnixFileMode)0b111_000_000, File.GetUnixFileMode(root));
        Assert.Equal((UnixFileMode)0b111_000_000, File.GetUnixFileMode(Path.Combine(root, "dir")));
    }

    [Fact]
    public void What_is_known_of_a_user_is_not_shown()
    {
        var options = server.Options with { Password = "open-sesame", Passphrase = "open-sesame" };

        Assert.DoesNotContain("sesame", options.ToString(), StringComparison.Ordinal);
    }

    private static async Task<string> KnownHostsAsync(string text)
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("kops-known-").FullName, "known_hosts");
        await File.WriteAllTextAsync(file, text, Token);
        return file;
    }

    private async Task<string> FingerprintAsync(string kind)
    {
        using var keygen = Process.Start(
            new ProcessStartInfo(
                "ssh-keygen",
                ["-lf", Values["SSH_HOST_KEYS"].Split(':').Single(file => file.Contains(kind, StringComparison.Ordinal))]
            )
            {
                RedirectStandardOutput = true,
            }
        )!;
        return (await keygen.StandardOutput.ReadToEndAsync(Token)).Split(' ')[1];
    }

    private async Task<StoreException> FailAsync(Func<SftpOptions, SftpOptions> change)
    {
        await using var driver = server.Open(server.NewRoot(), change);
        return await Assert.ThrowsAsync<StoreException>(async () => await driver.StatAsync("key", Token));
    }
}
