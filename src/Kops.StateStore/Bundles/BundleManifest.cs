using System.Buffers;
using System.Text.Json;
using Kops.Api.Values;
using Kops.StateStore.Errors;

namespace Kops.StateStore.Bundles;

/// <summary>The first file of a bundle, <c>kops-bundle.json</c>: whose files follow, and where they were.</summary>
internal sealed record BundleManifest(string Cluster, IReadOnlyList<BundlePlace> Places)
{
    private const int MaxShown = 1000;

    public const string Name = "kops-bundle.json";

    /// <summary>The last file: SHA-256 of all others, in the form of <c>sha256sum</c>. Without it a bundle is not whole.</summary>
    public const string SumsName = "kops-bundle.sha256";

    /// <summary>The first knows no history.</summary>
    private const int OldestFormat = 1;
    private const int Format = 2;

    /// <summary>Where the cluster's own directory was, for people: whatever an archive says, it is short and plain.</summary>
    public string Origin =>
        PlainText.Of(Places.FirstOrDefault(place => place.Directory == BundlePlace.Cluster)?.Address ?? string.Empty) is var address
        && address.Length is > 0 and <= MaxShown
            ? address
            : "an archive";

    /// <summary>The state store that it was in, for people.</summary>
    public string Store => Origin.EndsWith($"/{Cluster}", StringComparison.Ordinal) ? Origin[..^(Cluster.Length + 1)] : Origin;

    public byte[] Write()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteNumber("format", Format);
            json.WriteString("cluster", Cluster);
            json.WriteStartArray("places");
            foreach (var place in Places)
            {
                json.WriteStartObject();
                json.WriteString("directory", place.Directory);
                json.WriteString("address", place.Address);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        buffer.Write("\n"u8);
        return buffer.WrittenSpan.ToArray();
    }

    /// <exception cref="StateStoreException">It is none, or of a newer program.</exception>
    public static BundleManifest Read(ReadOnlyMemory<byte> file)
    {
        try
        {
            using var document = JsonDocument.Parse(file);
            var json = document.RootElement;
            if (json.GetProperty("format").GetInt32() is var format and not (>= OldestFormat and <= Format))
                throw new StateStoreException(
                    StateErrorKind.Unknown,
                    $"the bundle has format {format}, and this program knows up to {Format}: a newer program wrote it; use that one"
                );
            return new BundleManifest(
                Text(json, "cluster"),
                [
                    .. json.GetProperty("places")
                        .EnumerateArray()
                        .Select(place => new BundlePlace(Text(place, "directory"), Text(place, "address"))),
                ]
            );
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new StateStoreException(
                StateErrorKind.Invalid,
                $"{Name} in the bundle cannot be read ({error.Message}); export it again",
                error
            );
        }

        static string Text(JsonElement json, string name) =>
            json.GetProperty(name).GetString() ?? throw new FormatException($"{name} is null");
    }
}
