using System.Text;
using Kops.Api.Codec;
using Kops.Api.Documents;
using Kops.Api.Yaml;
using Xunit;

namespace Kops.Api.Tests.Codec;

public sealed class CorpusTests
{
    [Fact]
    public void Objects_that_kops_stored_come_back_to_the_byte() =>
        Each(
            Corpus.StoredObjects,
            path =>
            {
                var text = File.ReadAllBytes(path);
                var value = Assert.Single(KopsCodec.Decode(text, path)).Object!;
                Assert.Equal(Encoding.UTF8.GetString(text).Trim(), Encoding.UTF8.GetString(KopsCodec.Encode(value)).Trim());
            }
        );

    [Fact]
    public void Objects_that_kops_printed_come_back_to_the_byte() =>
        Each(
            Corpus.PrintedObjects,
            path =>
            {
                var text = File.ReadAllBytes(path);
                var values = KopsCodec.Decode(text, path).Select(document => document.Object!);
                Assert.Equal(Encoding.UTF8.GetString(text).Trim(), KopsCodec.ToYaml(values).Trim());
            }
        );

    [Fact]
    public void Files_that_kops_generated_come_back_to_the_byte() =>
        Each(
            Corpus.GeneratedFiles,
            path =>
            {
                var text = File.ReadAllBytes(path);
                var written = YamlReader.Read(text, path).Select(document => YamlWriter.Write(document.Root));
                Assert.Equal(Encoding.UTF8.GetString(text).Trim(), string.Join("\n---\n\n", written).Trim());
            }
        );

    [Fact]
    public void What_people_wrote_is_read_and_written_the_same_from_then_on() =>
        Each(
            Corpus.Inputs,
            path =>
            {
                // Two of them hold fields that kOps has never had, and that it drops in silence.
                var first = KopsCodec.Decode(File.ReadAllBytes(path), path, UnknownFieldPolicy.Drop);
                var once = Print(first);
                var again = KopsCodec.Decode(Encoding.UTF8.GetBytes(once), path);
                Assert.Equal(once, Print(again));
                foreach (var (before, after) in first.Zip(again))
                    Assert.True(Node.DeepEquals(before.Root, after.Root));
            }
        );

    // Objects of other kinds are written anew.
    private static string Print(IReadOnlyList<ApiDocument> documents) =>
        string.Join(
            "\n---\n\n",
            documents.Select(document => document.Object is { } known ? KopsCodec.ToYaml([known]) : document.Raw.Trim())
        );

    private static void Each(IReadOnlyList<string> paths, Action<string> check)
    {
        Assert.NotEmpty(paths);
        var failures = new StringBuilder();
        foreach (var path in paths)
        {
            try
            {
                check(path);
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                failures.AppendLine(Corpus.Name(path)).AppendLine(exception.Message);
            }
        }

        Assert.True(failures.Length == 0, failures.ToString());
    }
}
