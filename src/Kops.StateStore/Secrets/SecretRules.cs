using System.Text.Json;
using Kops.Api;
using Kops.Api.Documents;
using Kops.Api.Yaml;

namespace Kops.StateStore.Secrets;

/// <summary>What the secrets hold whose form is known.</summary>
public static class SecretRules
{
    /// <summary>Refuses what cannot be the value of a secret. No message quotes it.</summary>
    /// <param name="name">The secret's name; those of other names may hold anything.</param>
    /// <param name="value">The value.</param>
    /// <param name="source">Where it is from, for messages; null names the secret.</param>
    /// <exception cref="InvalidObjectException">It is not of the form of that secret.</exception>
    public static void Check(string name, ReadOnlyMemory<byte> value, string? source = null)
    {
        var wrong = name switch
        {
            "dockerconfig" => WrongJson(value),
            "ciliumpassword" or "encryptionconfig" => WrongYaml(value, source ?? name),
            _ => null,
        };
        if (wrong is not null)
            throw new InvalidObjectException(source ?? $"secret {name}", [new Problem(string.Empty, wrong)]);
    }

    private static string? WrongYaml(ReadOnlyMemory<byte> value, string source)
    {
        try
        {
            return YamlReader.Read(value, source) is [{ Root: MappingNode }]
                ? null
                : "is not one YAML document with lines such as 'key: value'";
        }
        catch (InvalidObjectException invalid)
        {
            throw invalid.WithoutQuotes();
        }
    }

    private static string? WrongJson(ReadOnlyMemory<byte> value)
    {
        try
        {
            using var document = JsonDocument.Parse(value);
            return document.RootElement.ValueKind is JsonValueKind.Object
                ? null
                : "is no JSON object; expected a Docker config.json, such as {\"auths\": ...}";
        }
        catch (JsonException malformed)
        {
            // The message of the parser may quote the secret.
            return $"is not JSON (line {malformed.LineNumber + 1}); expected a Docker config.json";
        }
    }
}
