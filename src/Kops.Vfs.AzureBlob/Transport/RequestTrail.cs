using Azure.Core.Pipeline;

namespace Kops.Vfs.AzureBlob.Transport;

/// <summary>What is to be known afterwards of the tries of one request.</summary>
internal sealed class RequestTrail
{
    private const string Key = "kops.trail";

    /// <summary>How a try failed that may have been carried out all the same; null for none.</summary>
    internal string? LostAnswer { get; set; }

    /// <summary>Requests that are made until the result is disposed leave their trail here.</summary>
    internal IDisposable Follow() =>
        HttpPipeline.CreateHttpMessagePropertiesScope(new Dictionary<string, object?>(StringComparer.Ordinal) { [Key] = this });

    internal static RequestTrail? Of(Azure.Core.HttpMessage message) =>
        message.TryGetProperty(Key, out var value) ? value as RequestTrail : null;
}
