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
          "format": 1,
          "id": "20261122T120000000Z-0123abcd",
          "cluster": "demo.example.com",
          "title": "edit cluster",
          "user": "alice",
          "host": "laptop",
          "command": "kops edit cluster",
          "program": "kops 0.1.0",
          "started": "2026-11-22T12:00:00.000Z",
          "finished": "2026-11-22T12:00:01.500Z",
          "outcome": "applied",
          "undoes": "20261121T120000000Z-0123abcd",
          "recoveredBy": "bob@host",
          "decision": "finish",
          "lease": {
            "holder": "bob@host",
            "machine": "boot/ns",
            "processId": 7,
            "processStarted": "123",
            "expires": "2026-11-22T12:00:30.000Z",
            "token": "f00"
          },
          "files": [
            {
              "change": "replace",
              "path": "demo.example.com/config",
              "secrecy": "plain",
              "beforeVersion": "v1",
              "beforeSha256": "aa",
              "afterSha256": "bb"
            },
            {
              "change": "delete",
              "store": "s3://other",
              "path": "keys/x",
              "secrecy": "secret",
              "beforeVersion": "v2",
              "beforeSha256": "cc"
            }
          ],
          "remaining": [
            "s3://other/keys/x"
          ]
        }

        """;

    [Fact]
    public void A_record_is_read_and_written_without_loss()
    {
        var record = ChangeRecordJson.Read(Encoding.UTF8.GetBytes(Text), "record");

        Assert.Equal(Text, Encoding.UTF8.GetString(ChangeRecordJson.Write(record)));
        Assert.Equal("s3://other/keys/x", record.Files[1].Path);
        Assert.Equal(FileChangeKind.Delete, record.Files[1].Kind);
        Assert.Equal(7, record.Lease!.Process.ProcessId);
    }

    [Fact]
    public async Task A_pending_record_of_a_newer_program_is_left_alone_and_reported()
    {
        var world = new World();
        await world.PutAsync(
            ".kops/pending/demo.example.com.json",
            Text.Replace("\"format\": 1", "\"format\": 2", StringComparison.Ordinal)
        );

        var found = Assert.Single(await world.Open().RecoverAsync());

        Assert.Equal(RecoveryResult.Failed, found.Result);
        Assert.Contains("format 2", found.Error!.Message, StringComparison.Ordinal);
        Assert.Single(await world.JournalAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("{\"format\":1}")]
    [InlineData("[1]")]
    public void What_is_no_record_is_an_error_with_its_place(string text) =>
        Assert.Contains(
            "memfs://x/y.json",
            Assert.Throws<StateStoreException>(() => ChangeRecordJson.Read(Encoding.UTF8.GetBytes(text), "memfs://x/y.json")).Message,
            StringComparison.Ordinal
        );
}
