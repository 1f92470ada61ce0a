using Kops.Model.Clouds;

namespace Kops.Model.Tests.Goldens;

/// <summary>The clouds that the golden cases were made in, from the facts file beside this one.</summary>
internal static class GoldenFacts
{
    public static CloudFacts Clouds { get; } = CloudFactsDocument.Read(Embedded.Bytes("cloud-facts.yaml"), "cloud-facts.yaml");
}
