using System.Text;
using Kops.Api.Codec;
using Kops.Api.Tests.Codec;
using Xunit;

namespace Kops.Api.Tests.Versions;

public sealed class ConversionGoldenTests
{
    public static TheoryData<string, string> Conversions =>
        new()
        {
            { "v1alpha2.yaml", "v1alpha3.yaml" },
            { "v1alpha3.yaml", "v1alpha2.yaml" },
            { "v1alpha2.yaml", "v1alpha2.yaml" },
            { "v1alpha3.yaml", "v1alpha3.yaml" },
            { "legacy-v1alpha2.yaml", "v1alpha2.yaml" },
            { "legacy-v1alpha2.yaml", "v1alpha3.yaml" },
        };

    [Theory]
    [MemberData(nameof(Conversions))]
    public void Documents_convert_as_in_kops_to_the_byte(string from, string to)
    {
        var sources = Corpus.Conversions(from);
        Assert.NotEmpty(sources);
        foreach (var source in sources)
        {
            var target = Path.Combine(Path.GetDirectoryName(source)!, to);
            var written = KopsCodec
                .Decode(File.ReadAllBytes(source), source)
                .Select(document => Write(document, $"kops.k8s.io/{Path.GetFileNameWithoutExtension(to)}"));
            Assert.Equal(File.ReadAllText(target).Trim(), string.Join("\n---\n\n", written).Trim());
        }
    }

    [Fact]
    public void What_kops_stored_has_all_that_is_filled_in_and_nothing_that_is_dropped()
    {
        foreach (var path in Corpus.StoredObjects)
        {
            var text = File.ReadAllBytes(path);
            var document = Assert.Single(KopsCodec.Decode(text, path));
            Assert.Empty(document.DroppedFields);
            Assert.Equal(Encoding.UTF8.GetString(text).Trim(), Encoding.UTF8.GetString(KopsCodec.Encode(document.Object!)).Trim());
        }
    }

    [Fact]
    public void What_people_wrote_loses_no_more_than_what_kops_says_it_drops()
    {
        var dropped = Corpus
            .Inputs.SelectMany(path => KopsCodec.Decode(File.ReadAllBytes(path), path, UnknownFieldPolicy.Drop))
            .SelectMany(document => document.DroppedFields);
        Assert.All(dropped, field => Assert.Equal("spec.masterInternalName", field.Path));
    }

    private static string Write(ApiDocument document, string version)
    {
        var text = KopsCodec.Encode(document.Object!, version, out var lost);
        Assert.Empty(lost);
        return Encoding.UTF8.GetString(text);
    }
}
