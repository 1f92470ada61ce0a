using System.Text;
using System.Text.Json;
using Kops.StateStore.Errors;

namespace Kops.StateStore.Secrets;

/// <summary>The form of a secret's file: <c>{"Data":"&lt;base64&gt;"}</c>, no newline.</summary>
internal static class SecretFile
{
    public static byte[] Encode(ReadOnlySpan<byte> data) => Encoding.ASCII.GetBytes($"{{\"Data\":\"{Convert.ToBase64String(data)}\"}}");

    /// <exception cref="StateStoreException">The file is not of that form. The message holds nothing of the content.</exception>
    public static byte[] Decode(ReadOnlyMemory<byte> file, string source)
    {
        try
        {
            using var document = JsonDocument.Parse(file);
            if (
                document.RootElement.ValueKind is JsonValueKind.Object
                && document.RootElement.TryGetProperty("Data", out var data)
                && data.ValueKind is JsonValueKind.String
                && data.TryGetBytesFromBase64(out var bytes)
            )
                return bytes;
        }
        catch (JsonException)
        {
            // The exception would quote the content.
        }

        throw new StateStoreException(
            StateErrorKind.Invalid,
            $"{source} is not a secret of kOps: expected {{\"Data\":\"<base64>\"}}; delete the secret and create it again"
        );
    }
}
