using System.Text;
using Kops.Vfs.Conformance.Servers;
using Kops.Vfs.Drivers;
using Kops.Vfs.Kubernetes.Secrets;
using Kops.Vfs.Kubernetes.Tests.Servers;
using Xunit;

namespace Kops.Vfs.Kubernetes.Tests;

/// <summary>How many requests things cost, and what stands in the cluster.</summary>
public sealed class KubernetesRequestTests(KubernetesServer server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Reads_and_conditional_writes_are_one_request_each()
    {
        var counter = new CountingHandler();
        await using var driver = server.Open(await server.CreateNamespaceAsync(), options => options with { WrapNetwork = counter.Wrap });

        var first = await driver.PutAsync("key", Body("1"), WriteCondition.IfAbsent, Token);
        Assert.Equal("POST", counter.Take());
        await driver.PutAsync("key", Body("2"), WriteCondition.IfAbsent, Token);
        Assert.Equal("POST", counter.Take());
        var second = await driver.PutAsync("key", Body("3"), WriteCondition.IfMatch(first.Version!.Value), Token);
        Assert.Equal("PUT", counter.Take());
        await driver.PutAsync("key", Body("4"), WriteCondition.IfMatch(first.Version!.Value), Token);
        Assert.Equal("PUT", counter.Take());
        await driver.StatAsync("key", Token);
        await driver.StatAsync("other", Token);
        await ObjectContent.ReadAsync((await driver.OpenReadAsync("key", Token))!, Token);
        Assert.Equal("GET GET GET", counter.Take());
        await driver.PutAsync("new", Body("1"), WriteCondition.Any, Token);
        Assert.Equal("POST", counter.Take());
        await driver.PutAsync("new", Body("2"), WriteCondition.Any, Token);
        Assert.Equal("POST GET PUT", counter.Take());
        await driver.DeleteAsync("key", WriteCondition.IfMatch(second.Version!.Value), Token);
        Assert.Equal("DELETE", counter.Take());
        await driver.DeleteAsync("new", WriteCondition.Any, Token);
        Assert.Equal("GET DELETE", counter.Take());
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("abc")]
    [InlineData("99999999999999999999")]
    public async Task A_version_that_means_anything_to_the_server_matches_nothing(string version)
    {
        await using var driver = server.Open(await server.CreateNamespaceAsync());
        await driver.PutAsync("key", Body("x"), WriteCondition.Any, Token);
        var condition = WriteCondition.IfMatch(new ObjectVersion(version));

        Assert.Equal(WriteResult.Conflict, (await driver.PutAsync("key", Body("y"), condition, Token)).Result);
        Assert.Equal(WriteResult.Conflict, (await driver.DeleteAsync("key", condition, Token)).Result);
        Assert.Equal(WriteResult.Absent, (await driver.DeleteAsync("other", condition, Token)).Result);
    }

    [Fact]
    public async Task A_listing_asks_for_its_prefix_alone_page_by_page_and_without_content()
    {
        var bytes = new ByteCounter();
        var space = await server.CreateNamespaceAsync();
        await using var driver = server.Open(space, options => options with { PageSize = 10, WrapNetwork = bytes.Wrap });
        for (var i = 0; i < 25; i++)
            await driver.PutAsync($"a/{i:d2}", ObjectBody.FromBytes(new byte[100_000]), WriteCondition.IfAbsent, Token);
        for (var i = 0; i < 25; i++)
            await driver.PutAsync($"b/{i:d2}", Body("x"), WriteCondition.IfAbsent, Token);
        bytes.Reset();

        Assert.Equal(25, await driver.ListAsync("a/", ListDepth.Tree, Token).CountAsync(Token));

        Assert.Equal(3, bytes.Requests);
        Assert.InRange(bytes.Received, 1, 100_000);
        await foreach (var entry in driver.ListAsync("b/", ListDepth.Tree, Token))
            break;
        Assert.Equal(4, bytes.Requests);
    }

    [Fact]
    public async Task Keys_that_begin_alike_are_listed_in_order_however_long()
    {
        await using var driver = server.Open(await server.CreateNamespaceAsync(), options => options with { PageSize = 3 });
        var stem = new string('k', 119);
        string[] keys =
        [
            "a",
            stem,
            stem + "a",
            stem + "a/b",
            stem + "a/c/d",
            stem + "a0",
            stem + "ab",
            stem + "b",
            stem + "b" + new string('é', 200),
            stem + "c",
            "z",
        ];
        foreach (var key in keys.Reverse())
            await driver.PutAsync(key, Body(key), WriteCondition.IfAbsent, Token);

        Assert.Equal(keys, await driver.ListAsync(string.Empty, ListDepth.Tree, Token).Select(entry => entry.Key).ToListAsync(Token));
        Assert.Equal(
            ["a", stem, stem + "a", stem + "a/", stem + "a0", stem + "ab", stem + "b", stem + "b" + new string('é', 200), stem + "c", "z"],
            await driver.ListAsync(string.Empty, ListDepth.Children, Token).Select(entry => entry.Key).ToListAsync(Token)
        );
    }

    [Fact]
    public async Task A_long_object_is_kept_in_parts_which_go_when_it_is_replaced_or_deleted()
    {
        var space = await server.CreateNamespaceAsync();
        await using var driver = server.Open(space, options => options with { PartSize = 1000 });

        var first = await driver.PutAsync("key", ObjectBody.FromBytes(new byte[2500]), WriteCondition.IfAbsent, Token);
        Assert.Equal(3, (await server.SecretsAsync(space, "part")).Count);
        var second = await driver.PutAsync(
            "key",
            ObjectBody.FromBytes(new byte[1500]),
            WriteCondition.IfMatch(first.Version!.Value),
            Token
        );
        Assert.Equal(2, (await server.SecretsAsync(space, "part")).Count);
        Assert.Equal(
            WriteResult.Conflict,
            (await driver.PutAsync("key", ObjectBody.FromBytes(new byte[5000]), WriteCondition.IfMatch(first.Version!.Value), Token)).Result
        );
        Assert.Equal(2, (await server.SecretsAsync(space, "part")).Count);
        var third = await driver.PutAsync("key", Body("short"), WriteCondition.Any, Token);
        Assert.Empty(await server.SecretsAsync(space, "part"));
        await driver.PutAsync("key", ObjectBody.FromBytes(new byte[1001]), WriteCondition.IfMatch(third.Version!.Value), Token);
        Assert.Equal(WriteResult.Done, (await driver.DeleteAsync("key", WriteCondition.Any, Token)).Result);
        Assert.Empty(await server.SecretsAsync(space, "part"));
        Assert.NotEqual(first.Version, second.Version);
    }

    [Fact]
    public async Task Parts_that_a_killed_writer_left_are_removed_by_a_later_write_once_they_are_old()
    {
        var space = await server.CreateNamespaceAsync();
        await using var driver = server.Open(space, options => options with { PartSize = 1000 });
        var owner = SecretNames.Hash("key");
        await server.AskAsync(
            HttpMethod.Post,
            $"/api/v1/namespaces/{space}/secrets",
            $$"""
            {
              "metadata": {
                "name": "kops-part-lost-00000",
                "labels": {
                  "store.kops.k8s.io/role": "part", "store.kops.k8s.io/set": "lost", "store.kops.k8s.io/owner": "{{owner}}"
                }
              }
            }
            """
        );

        await driver.PutAsync("key", ObjectBody.FromBytes(new byte[1500]), WriteCondition.Any, Token);
        Assert.Contains("kops-part-lost-00000", await server.SecretsAsync(space, "part"));

        // An hour later, as the server says.
        await using var later = server.Open(
            space,
            options => options with { PartSize = 1000, WrapNetwork = inner => new LaterHandler(inner) }
        );
        await later.PutAsync("key", ObjectBody.FromBytes(new byte[1500]), WriteCondition.Any, Token);
        Assert.DoesNotContain("kops-part-lost-00000", await server.SecretsAsync(space, "part"));
        Assert.Equal(1500, (await ObjectContent.ReadAsync((await driver.OpenReadAsync("key", Token))!, Token)).Bytes.Length);
    }

    [Fact]
    public async Task What_others_keep_in_the_namespace_is_neither_listed_nor_touched()
    {
        var space = await server.CreateNamespaceAsync();
        await server.AskAsync(
            HttpMethod.Post,
            $"/api/v1/namespaces/{space}/secrets",
            """{"metadata":{"name":"theirs","labels":{"store.kops.k8s.io/role":"object"}}}"""
        );
        await using var driver = server.Open(space);
        await driver.PutAsync("key", Body("x"), WriteCondition.IfAbsent, Token);

        Assert.Equal(["key"], await driver.ListAsync(string.Empty, ListDepth.Tree, Token).Select(entry => entry.Key).ToListAsync(Token));
    }

    [Fact]
    public async Task A_Secret_that_somebody_has_edited_is_an_error_and_never_half_an_object()
    {
        var space = await server.CreateNamespaceAsync();
        await using var driver = server.Open(space);
        await driver.PutAsync("key", Body("content"), WriteCondition.IfAbsent, Token);
        await server.AskAsync(
            HttpMethod.Patch,
            $"/api/v1/namespaces/{space}/secrets/{SecretNames.Of("key")}",
            """{"data":{"content":"eA=="}}""",
            "application/merge-patch+json"
        );

        var e = await Assert.ThrowsAsync<StoreException>(async () => await driver.OpenReadAsync("key", Token));

        Assert.Equal((StoreErrorKind.Corrupt, false), (e.Kind, e.IsTransient));
        Assert.Contains(SecretNames.Of("key"), e.Message, StringComparison.Ordinal);
    }

    private static ObjectBody Body(string text) => ObjectBody.FromBytes(Encoding.UTF8.GetBytes(text));

    /// <summary>Counts requests, and the bytes of their answers.</summary>
    private sealed class ByteCounter : DelegatingHandler
    {
        internal int Requests { get; private set; }

        internal long Received { get; private set; }

        internal Func<HttpMessageHandler, HttpMessageHandler> Wrap =>
            inner =>
            {
                InnerHandler = inner;
                return this;
            };

        internal void Reset() => (Requests, Received) = (0, 0);

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            await response.Content.LoadIntoBufferAsync(cancellationToken);
            Requests++;
            Received += response.Content.Headers.ContentLength ?? 0;
            return response;
        }
    }

    /// <summary>A server whose clock is two hours ahead.</summary>
    private sealed class LaterHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            response.Headers.Date = response.Headers.Date?.AddHours(2);
            return response;
        }
    }
}
