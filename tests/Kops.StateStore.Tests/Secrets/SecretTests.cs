using System.Text;
using Kops.Api;
using Kops.Api.Validation;
using Kops.StateStore.Changes;
using Kops.StateStore.Errors;
using Kops.StateStore.Secrets;
using Kops.StateStore.Tests.Support;
using Xunit;

namespace Kops.StateStore.Tests.Secrets;

public sealed class SecretTests
{
    private readonly World _world = new();

    [Fact]
    public async Task A_secret_is_written_as_kops_writes_it_and_read_back()
    {
        await ClusterExample.PutAsync(_world);
        var store = _world.Open();
        var state = await ClusterExample.ReadAsync(store);

        await ApplyAsync(store, store.Change(state, "create secret").CreateSecret("dockerconfig", "{\"auths\":{}}"u8.ToArray()).Build());

        Assert.Equal("{\"Data\":\"eyJhdXRocyI6e319\"}", await _world.GetAsync("demo.example.com/secrets/dockerconfig"));
        var secret = await state.Secrets.FindAsync("dockerconfig");
        Assert.Equal("{\"auths\":{}}", Encoding.ASCII.GetString(secret!.Data.Span));
        Assert.Equal("dockerconfig", secret.ToString());
    }

    [Theory]
    [InlineData("dockerconfig", "HUSH")]
    [InlineData("dockerconfig", "[]")]
    [InlineData("encryptionconfig", "HUSH")]
    [InlineData("ciliumpassword", "- HUSH")]
    [InlineData("encryptionconfig", "kind: *HUSH")]
    public async Task A_secret_of_a_known_form_is_not_stored_in_another_and_the_message_tells_nothing_of_it(string name, string value)
    {
        await ClusterExample.PutAsync(_world);
        var store = _world.Open(rules: ValidationOptions.Default);
        var state = await ClusterExample.ReadAsync(store);
        await _world.PutAsync($"demo.example.com/secrets/{name}", "{\"Data\":\"e30=\"}");
        var read = (await state.Secrets.FindAsync(name))!;

        foreach (var changes in (ClusterChanges[])[Change().CreateSecret(name, Bytes()), Change().ReplaceSecret(read, Bytes())])
        {
            var refused = Assert.Throws<InvalidObjectException>(changes.Build);
            Assert.Contains(name, refused.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("HUSH", refused.Message, StringComparison.Ordinal);
        }

        ClusterChanges Change() => store.Change(state, "test");
        ReadOnlyMemory<byte> Bytes() => Encoding.ASCII.GetBytes(value);
    }

    [Fact]
    public async Task Names_are_listed_without_reading_a_secret()
    {
        await ClusterExample.PutAsync(_world);
        foreach (var name in new[] { "system:dns", "admin" })
            await _world.PutAsync($"demo.example.com/secrets/{name}", "not read");
        var driver = new CrashDriver(_world.Memory);
        var state = await ClusterExample.ReadAsync(_world.Open(driver));
        var reads = driver.Reads;

        Assert.Equal(["admin", "system:dns"], await state.Secrets.ListNamesAsync());
        Assert.Equal(reads, driver.Reads);
    }

    [Fact]
    public async Task A_secret_that_exists_is_not_created_over_but_may_be_replaced_and_deleted()
    {
        await ClusterExample.PutAsync(_world);
        var store = _world.Open();
        var state = await ClusterExample.ReadAsync(store);
        await ApplyAsync(store, store.Change(state, "create").CreateSecret("x", "1"u8.ToArray()).Build());

        Assert.IsType<ApplyResult.Conflict>(
            await store.ApplyAsync(store.Change(state, "create").CreateSecret("x", "2"u8.ToArray()).Build())
        );
        await ApplyAsync(
            store,
            store.Change(state, "replace").ReplaceSecret((await state.Secrets.FindAsync("x"))!, "3"u8.ToArray()).Build()
        );
        Assert.Equal("3", Encoding.ASCII.GetString((await state.Secrets.FindAsync("x"))!.Data.Span));
        await ApplyAsync(store, store.Change(state, "delete").DeleteSecret((await state.Secrets.FindAsync("x"))!).Build());
        Assert.Null(await state.Secrets.FindAsync("x"));
        Assert.DoesNotContain((await _world.JournalAsync()).Values, text => text.Contains("\"Data\"", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("PRIVATE")]
    [InlineData("{\"Data\":\"PRIVATE!\"}")]
    [InlineData("{\"Data\":1}")]
    [InlineData("[]")]
    public async Task A_file_that_is_no_secret_is_an_error_that_tells_nothing_of_its_content(string text)
    {
        await ClusterExample.PutAsync(_world);
        await _world.PutAsync("demo.example.com/secrets/x", text);
        var state = await ClusterExample.ReadAsync(_world.Open());

        var error = await Assert.ThrowsAsync<StateStoreException>(() => state.Secrets.FindAsync("x"));

        Assert.Contains("demo.example.com/secrets/x", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("PRIVATE", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_token_has_32_letters_and_digits_and_no_two_are_alike()
    {
        var tokens = Enumerable.Range(0, 1000).Select(_ => RandomToken.Create()).ToArray();

        Assert.All(tokens, token => Assert.Matches("^[A-Za-z0-9]{32}$", token));
        Assert.Equal(tokens.Length, tokens.Distinct(StringComparer.Ordinal).Count());
    }

    private static async Task ApplyAsync(ClusterStore store, ChangeSet changes) =>
        Assert.IsType<ApplyResult.Applied>(await store.ApplyAsync(changes));
}
