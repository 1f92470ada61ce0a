using System.Buffers;
using System.Text;
using System.Text.Json;
using Kops.Vfs.Rest.Reading;

namespace Kops.Vfs.Kubernetes.Config;

/// <summary>A cluster as programs that give credentials are told of it.</summary>
/// <remarks>Source: Kubernetes documentation, <c>ExecCredential</c>, <c>spec.cluster</c>.</remarks>
internal static class ClusterJson
{
    internal static string Write(ConfigEntry cluster)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("server", cluster.Text("server"));
            foreach (var name in (string[])["tls-server-name", "proxy-url"])
            {
                if (cluster.Text(name) is { } value)
                    json.WriteString(name, value);
            }

            if (cluster.Flag("insecure-skip-tls-verify"))
                json.WriteBoolean("insecure-skip-tls-verify", true);
            if (cluster.Content("certificate-authority") is { } authority)
                json.WriteBase64String("certificate-authority-data", Encoding.UTF8.GetBytes(authority));
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
