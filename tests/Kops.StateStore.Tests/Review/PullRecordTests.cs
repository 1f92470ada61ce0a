using System.Text;
using Kops.StateStore.Errors;
using Kops.StateStore.Review;
using Xunit;

namespace Kops.StateStore.Tests.Review;

public sealed class PullRecordTests
{
    private static readonly PullRecord Record = new(
        "s3://state",
        ["demo.example.com"],
        new Dictionary<string, string> { ["demo.example.com/cluster.yaml"] = "aa" }
    )
    {
        Recipients = ["age1x"],
        Sealed = new Dictionary<string, string> { ["demo.example.com/sealed/secrets/admin.age"] = "2026-11-24T10:00:00.000Z 47" },
    };

    [Fact]
    public void The_key_that_opens_sealed_files_is_remembered_by_name_and_digest()
    {
        var key = new SealingKey("arn:aws:kms:us-east-1:123456789012:alias/review", "age1y", "bb");
        var text = (Record with { SealingKey = key }).ToJson();

        Assert.EndsWith(
            "  \"kms\": {\n    \"key\": \"arn:aws:kms:us-east-1:123456789012:alias/review\",\n    \"recipient\": \"age1y\",\n    "
                + "\"sha256\": \"bb\"\n  }\n}\n",
            Encoding.UTF8.GetString(text),
            StringComparison.Ordinal
        );
        var read = PullRecord.Parse(text, "record");
        Assert.Equal(key, read.SealingKey);
        Assert.Equal(text, read.ToJson());
    }

    [Fact]
    public void A_record_without_one_says_nothing_of_it()
    {
        var text = Record.ToJson();

        Assert.DoesNotContain("kms", Encoding.UTF8.GetString(text), StringComparison.Ordinal);
        Assert.Null(PullRecord.Parse(text, "record").SealingKey);
        Assert.Equal(text, PullRecord.Parse(text, "record").ToJson());
    }

    [Fact]
    public void A_key_of_which_a_part_is_missing_is_an_error_that_says_what_to_do()
    {
        var text = Encoding
            .UTF8.GetString((Record with { SealingKey = new("arn", "age1y", "bb") }).ToJson())
            .Replace("\"sha256\"", "\"sha\"", StringComparison.Ordinal);

        var refused = Assert.Throws<StateStoreException>(() => PullRecord.Parse(Encoding.UTF8.GetBytes(text), "review/.kops-pull.json"));

        Assert.StartsWith("review/.kops-pull.json cannot be read", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Bring it back from git", refused.Message, StringComparison.Ordinal);
    }
}
