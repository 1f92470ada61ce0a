using System.Text;
using Kops.StateStore.Changes;
using Kops.StateStore.Changes.Journal;
using Kops.StateStore.Errors;
using Kops.StateStore.Tests.Support;
using Xunit;

namespace Kops.StateStore.Tests.Changes.Journal;

/// <summary>The journal's format is a promise: other versions of the program read what this one wrote.</summary>
public sealed class RecordFormatTests
{
    private const string Text = """
        {
          "format": 2,
          "name": "0123456789abcdef0123456789abcdef",
          "serial": 42,
          "cluster": "demo.example.com",
          "title": "edit cluster",
          "user": "alice",
          "host": "laptop",
          "command": "kops edit cluster",
          "program": "kops 0.1.0",
          "started": "2026-11-22T12:00:00.000Z",
          "finished": "2026-11-22T12:00:01.500Z",
          "outcome": "applied",
          "begun": true,
          "undoes": "000041-89abcdef",
          "recoveredBy": "bob@host",
          "decision": "finish",
          "lease": {
            "holder": "bob@host",
            "machine": "boot/ns",
            "processId": 7,
            "processStarted": "123",
            "token": "f00",
            "beat": 3
          },
          "files": [
            {
              "change": "replace",
              "place": "registry",
              "key": "config",
              "secrecy": "plain",
              "beforeVersion": "v1",
              "beforeSha256": "aa",
              "afterSha256": "bb",
              "confirmed": true,
              "afterVersion": "v2"
            },
            {
              "change": "delete",
              "place": "keyStore",
              "key": "private/x/keyset.yaml",
              "secrecy": "secret",
              "beforeVersion": "v2",
              "beforeSha256": "cc"
            }
          ],
          "remaining": [
            "keyStore:private/x/keyset.yaml"
          ]
        }

        """;

    private const string Cluster = "demo.example.com";

    /// <summary>The record, its digests at their full length.</summary>
    private static string Whole { get; } =
        System.Text.RegularExpressions.Regex.Replace(
            Text,
            "Sha256\": \"(.)(.)\"",
            match => $"Sha256\": \"{new string(match.Groups[1].Value[0], 64)}\""
        );

    [Fact]
    public void A_record_is_read_and_written_without_loss()
    {
        var record = ChangeRecordJson.Read(Encoding.UTF8.GetBytes(Whole), Cluster, "record");

        Assert.Equal(Whole, Encoding.UTF8.GetString(ChangeRecordJson.Write(record)));
        Assert.Equal("000042-01234567", record.Id);
        Assert.Equal(["demo.example.com/config", "keyStore:private/x/keyset.yaml"], record.Files.Select(file => file.Path));
        Assert.Equal(FileChangeKind.Delete, record.Files[1].Kind);
        Assert.Equal(7, record.Lease!.Process.ProcessId);
    }

    [Fact]
    public async Task A_pending_record_of_a_newer_program_is_left_alone_and_reported()
    {
        var world = new World();
        await world.PutAsync(
            ".kops/pending/demo.example.com.json",
            Whole.Replace("\"format\": 2", "\"format\": 3", StringComparison.Ordinal)
        );

        var found = Assert.Single(await world.Open().ListPendingAsync());

        Assert.Equal(RecoveryResult.Failed, found.Result);
        Assert.Contains("format 3", found.Error!.Message, StringComparison.Ordinal);
        Assert.Single(await world.JournalAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("{\"format\":2}")]
    [InlineData("[1]")]
    public void What_is_no_record_is_an_error_with_its_place(string text) =>
        Assert.Contains(
            "memfs://x/y.json",
            Assert
                .Throws<StateStoreException>(() => ChangeRecordJson.Read(Encoding.UTF8.GetBytes(text), Cluster, "memfs://x/y.json"))
                .Message,
            StringComparison.Ordinal
        );
}
