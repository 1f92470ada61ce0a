using Kops.Vfs.Drivers;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Kops.Vfs.Conformance.Errors;

/// <summary>
/// A proxy, a console or a portal that answers everything with a page is no store: not an empty one, not one in which a delete worked or
/// an object is missing, and no crash. Who answered is said. A store's own class says how a store at an address is opened.
/// </summary>
public abstract class StoreForeignAnswers
{
    private const string Page =
        "<!DOCTYPE html>\n<html><head><title>Sign in to\u001b[31m the network</title></head><body>Please sign in.</body></html>\n";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("list")]
    [InlineData("list of one level")]
    [InlineData("stat")]
    [InlineData("get")]
    [InlineData("put")]
    [InlineData("put if absent")]
    [InlineData("put if unchanged")]
    [InlineData("delete")]
    [InlineData("delete if unchanged")]
    [InlineData("batch delete")]
    [InlineData("copy")]
    [InlineData("versions")]
    public Task A_page_with_status_200_is_no_answer_of_the_store(string operation) => IsNoAnswerAsync(operation, 200);

    [Theory]
    [InlineData("list")]
    [InlineData("list of one level")]
    [InlineData("stat")]
    [InlineData("get")]
    [InlineData("put")]
    [InlineData("put if absent")]
    [InlineData("put if unchanged")]
    [InlineData("delete")]
    [InlineData("delete if unchanged")]
    [InlineData("batch delete")]
    [InlineData("copy")]
    [InlineData("versions")]
    public Task A_page_with_status_404_is_no_word_of_the_store_about_what_it_has(string operation) => IsNoAnswerAsync(operation, 404);

    /// <summary>An answer says that something is absent, and the connection breaks within its content.</summary>
    [Theory]
    [InlineData("list")]
    [InlineData("list of one level")]
    [InlineData("get")]
    [InlineData("put")]
    [InlineData("put if absent")]
    [InlineData("put if unchanged")]
    [InlineData("delete")]
    [InlineData("delete if unchanged")]
    [InlineData("batch delete")]
    [InlineData("copy")]
    [InlineData("versions")]
    public async Task An_answer_of_absence_that_breaks_off_says_nothing(string operation)
    {
        await using var server = await WebServer.StartAsync(async context =>
        {
            context.Response.StatusCode = 404;
            context.Response.ContentType = "application/xml";
            if (HttpMethods.IsHead(context.Request.Method))
                return;
            context.Response.ContentLength = 400;
            await WebServer.SayAsync(context, "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Co");
            await context.Response.Body.FlushAsync(Token);
            context.Abort();
        });
        await using var driver = Open(new Uri(server.Address));
        if (Run(driver, operation) is not { } run)
            return;

        var e = await Assert.ThrowsAsync<StoreException>(run);

        Assert.Equal(StoreErrorKind.Unavailable, e.Kind);
        Assert.DoesNotContain("does not exist", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_is_named_by_its_title()
    {
        await using var server = await WebServer.StartAsync(context =>
        {
            context.Response.ContentType = "text/html";
            return WebServer.SayAsync(context, Page);
        });
        await using var driver = Open(new Uri(server.Address));

        var e = await Assert.ThrowsAsync<StoreException>(Run(driver, "list")!);

        Assert.Contains("a page 'Sign in to [31m the network' (text/html, HTTP 200)", e.Message, StringComparison.Ordinal);
    }

    private async Task IsNoAnswerAsync(string operation, int status)
    {
        await using var server = await WebServer.StartAsync(context =>
        {
            context.Response.StatusCode = status;
            context.Response.ContentType = "text/html; charset=utf-8";
            return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : WebServer.SayAsync(context, Page, "\"5f3c\"");
        });
        await using var driver = Open(new Uri(server.Address));
        if (Run(driver, operation) is not { } run)
            return;

        var e = await Assert.ThrowsAsync<StoreException>(run);

        Assert.Equal((StoreErrorKind.Unavailable, false), (e.Kind, e.IsTransient));
        Assert.Contains($"what answers at {server.Address} is not ", e.Message, StringComparison.Ordinal);
        Assert.Contains($"text/html, HTTP {status}", e.Message, StringComparison.Ordinal);
        Assert.Contains("; check ", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', e.Message);
        // It will be no other the next time.
        Assert.InRange(server.Requests, 1, 2);
    }

    /// <summary>Opens a store at an address, with a credential that needs nobody else.</summary>
    protected abstract IStoreDriver Open(Uri server);

    /// <summary>A version as this store has them, which need not be that of anything.</summary>
    protected virtual ObjectVersion Version => new("12");

    private Func<Task>? Run(IStoreDriver driver, string operation)
    {
        var body = ObjectBody.FromBytes("content"u8.ToArray());
        return operation switch
        {
            "list" => () => driver.ListAsync("dir/", ListDepth.Tree, Token).CountAsync(Token).AsTask(),
            "list of one level" => () => driver.ListAsync(string.Empty, ListDepth.Children, Token).CountAsync(Token).AsTask(),
            "stat" => () => driver.StatAsync("key", Token).AsTask(),
            "get" => () => driver.OpenReadAsync("key", Token).AsTask(),
            "put" => () => driver.PutAsync("key", body, WriteCondition.Any, Token).AsTask(),
            "put if absent" => () => driver.PutAsync("key", body, WriteCondition.IfAbsent, Token).AsTask(),
            "put if unchanged" => () => driver.PutAsync("key", body, WriteCondition.IfMatch(Version), Token).AsTask(),
            "delete" => () => driver.DeleteAsync("key", WriteCondition.Any, Token).AsTask(),
            "delete if unchanged" => () => driver.DeleteAsync("key", WriteCondition.IfMatch(Version), Token).AsTask(),
            "batch delete" => driver.As<IBatchDelete>() is { } batch ? () => batch.DeleteBatchAsync(["a", "b"], Token).AsTask() : null,
            "copy" => driver.As<ICopySource>() is { } copier
                ? () => copier.CopyAsync("key", "copy", WriteCondition.Any, Token).AsTask()
                : null,
            _ => driver.As<IVersionedStore>() is { } versioned
                ? () => versioned.ListVersionsAsync("key", Token).CountAsync(Token).AsTask()
                : null,
        };
    }
}
