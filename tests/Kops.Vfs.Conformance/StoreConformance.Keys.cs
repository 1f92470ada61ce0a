using Kops.Vfs.Drivers;
using Xunit;

namespace Kops.Vfs.Conformance;

public abstract partial class StoreConformance
{
    /// <summary>Keys that are hard for one store or another.</summary>
    private static readonly string[] OddKeys =
    [
        "a b",
        " leading and trailing ",
        "100%",
        "%41",
        "%2F/x",
        "a+b",
        "a:b/c:d",
        "?query#fragment",
        "a&b=c",
        "quote'\"",
        "back\\slash",
        "*[glob]{x}",
        "tab\there",
        "new\nline",
        "~",
        "~/x",
        ".hidden",
        ".hidden/.more",
        "...",
        "a..b",
        "..a/b..",
        "-dash",
        "--flag",
        "$HOME",
        "`id`",
        "<xml/>&amp;",
        "a,b;c|d!",
        "ünïcode",
        "日本語/キー",
        "emoji-😀",
        "combining-e\u0301",
        "composed-é",
        "rtl-שלום",
        "\ufeffbom",
        "zero\u200bwidth",
        "CON",
        "aux.txt",
        "config.",
        "UPPER",
        "upper",
        "tmp123456",
        ".tmp",
        ".#lock",
        "config~",
        ".config.swp",
        "deep/" + "a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p",
    ];

    [Fact]
    public async Task Odd_keys_are_written_read_listed_and_deleted()
    {
        // All in one store: to make one for each took most of the time of some suites. Each key that goes wrong is told.
        var wrong = new List<string>();
        foreach (var key in OddKeys.SelectMany(key => (string[])[key, "x/" + key + "/y"]))
        {
            try
            {
                await RoundTripAsync(key);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                wrong.Add($"{key}: {e.Message}");
                await Driver.DeleteAsync(key, WriteCondition.Any, Token);
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public async Task A_very_long_key_is_a_key()
    {
        var segment = Math.Min(Capabilities.MaxSegmentBytes ?? 255, 255);
        var longest = Math.Min(Capabilities.MaxKeyBytes ?? 900, 900);
        var key = new string('k', segment);
        while (key.Length + 1 + segment <= longest)
            key += "/" + new string('k', segment);
        if (key.Length > longest)
            key = key[..longest];

        await RoundTripAsync(key);
    }

    [Fact]
    public async Task A_key_that_is_too_long_is_refused_as_an_argument()
    {
        var longest = Capabilities.MaxSegmentBytes ?? Capabilities.MaxKeyBytes;
        var key = new string('k', (longest ?? 5000) + 1);

        if (longest is null)
        {
            await RoundTripAsync(key);
            return;
        }

        var e = await Assert.ThrowsAsync<StoreException>(async () => await PutAsync(key, "x"));

        Assert.Equal((StoreErrorKind.InvalidArgument, false), (e.Kind, e.IsTransient));
    }

    [Theory]
    [InlineData(".kops-tmp-0123456789abcdef")]
    [InlineData("dir/.kops-tmp-x")]
    public async Task A_key_like_a_file_that_is_being_written_is_stored_or_refused_but_never_lost(string key)
    {
        try
        {
            await PutAsync(key, "content");
        }
        catch (StoreException e) when (e.Kind is StoreErrorKind.InvalidArgument)
        {
            return;
        }

        Assert.Equal([key], await KeysAsync(string.Empty, ListDepth.Tree));
        Assert.Equal("content", (await ReadAsync(key))!.Text);
    }

    [Fact]
    public async Task Keys_that_differ_in_composition_or_case_are_different_objects()
    {
        Assert.SkipWhen(OperatingSystem.IsMacOS() && Capabilities.ObjectsAreDirectoryLeaves, "file systems of macOS fold both");
        string[] keys = ["CAFE", "cafe", "cafe\u0301", "café"];

        foreach (var key in keys)
            await PutAsync(key, key);

        foreach (var key in keys)
            Assert.Equal(key, (await ReadAsync(key))!.Text);
        Assert.Equal(keys, await KeysAsync(string.Empty, ListDepth.Tree));
    }

    private async Task RoundTripAsync(string key)
    {
        if (
            key.AsSpan().ContainsAny(Capabilities.ForbiddenCharacters)
            || (Capabilities.FinalDotsForbidden && (key + "/").Contains("./", StringComparison.Ordinal))
        )
        {
            var e = await Assert.ThrowsAsync<StoreException>(async () => await PutAsync(key, "content"));
            Assert.Equal((StoreErrorKind.InvalidArgument, false), (e.Kind, e.IsTransient));
            Assert.Null(await Driver.StatAsync(key, Token));
            Assert.Null(await Driver.OpenReadAsync(key, Token));
            Assert.True((await Driver.DeleteAsync(key, WriteCondition.Any, Token)).Succeeded);
            Assert.Empty(await KeysAsync(string.Empty, ListDepth.Tree));
            return;
        }

        var put = await PutAsync(key, "content");

        Assert.Equal(("content", put.Version), ((await ReadAsync(key))!.Text, (await ReadAsync(key))!.Version));
        Assert.Equal([key], await KeysAsync(string.Empty, ListDepth.Tree));
        if (key.IndexOf('/', StringComparison.Ordinal) is var slash and > 0)
        {
            Assert.Equal([key[..(slash + 1)]], await KeysAsync(string.Empty, ListDepth.Children));
            Assert.Equal([key], await KeysAsync(key[..(key.LastIndexOf('/') + 1)], ListDepth.Children));
        }

        Assert.Equal(WriteResult.Done, (await Driver.DeleteAsync(key, WriteCondition.Any, Token)).Result);
        Assert.Empty(await KeysAsync(string.Empty, ListDepth.Tree));
    }
}
