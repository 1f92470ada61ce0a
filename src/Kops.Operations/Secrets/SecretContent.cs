using System.Text.Json;
using Kops.Api.Documents;
using Kops.Api.Yaml;

namespace Kops.Operations.Secrets;

/// <summary>What the secrets hold whose form is known.</summary>
public static class SecretContent
{
    /// <summary>Refuses what cannot be the value of a secret. No message quotes it.</summary>
    /// <param name="name">The secret's name; those of other names may hold anything.</param>
    /// <param name="value">The value.</param>
    /// <param name="source">Where it is from, for messages.</param>
    /// <exception cref="OperationException">It is not of the form of that secret.</exception>
    public static void Check(string name, ReadOnlyMemory<byte> value, string source)
    {
        switch (name)
        {
            case "dockerconfig":
                CheckJson(value, source);
                break;
            case "ciliumpassword" or "encryptionconfig":
                CheckYaml(value, source);
                break;
        }
    }

    private static void CheckYaml(ReadOnlyMemory<byte> value, string source)
    {
        if (YamlReader.Read(value, source) is not [{ Root: MappingNode }])
            throw OperationException.Failed($"{source}: is not one YAML document with lines such as 'key: value'");
    }

    private static void CheckJson(ReadOnlyMemory<byte> value, string source)
    {
        try
        {
            using var document = JsonDocument.Parse(value);
            if (document.RootElement.ValueKind is not JsonValueKind.Object)
                throw OperationException.Failed($"{source}: is no JSON object; expected a Docker config.json, such as {{\"auths\": ...}}");
        }
        catch (JsonException malformed)
        {
            // The message of the parser may quote the secret.
            throw OperationException.Failed($"{source}: is not JSON (line {malformed.LineNumber + 1}); expected a Docker config.json");
        }
    }
}
