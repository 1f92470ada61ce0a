using System.Text.Json;
using Kops.Vfs.Swift.Configuration;

namespace Kops.Vfs.Swift.Identity;

/// <summary>The body of a sign-in.</summary>
internal static class KeystoneRequest
{
    internal static byte[] Write(KeystoneSignIn signIn)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteStartObject("auth");
            json.WriteStartObject("identity");
            var method =
                signIn.IsApplicationCredential ? "application_credential"
                : signIn.Token is not null ? "token"
                : "password";
            json.WriteStartArray("methods");
            json.WriteStringValue(method);
            json.WriteEndArray();
            json.WriteStartObject(method);
            WriteMethod(json, method, signIn);
            json.WriteEndObject();
            json.WriteEndObject();
            // An application credential has the project that it was made in.
            if (!signIn.IsApplicationCredential)
                WriteScope(json, signIn);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return bytes.ToArray();
    }

    private static void WriteMethod(Utf8JsonWriter json, string method, KeystoneSignIn signIn)
    {
        switch (method)
        {
            case "token":
                json.WriteString("id", signIn.Token!.Reveal());
                break;
            case "password":
                WriteUser(json, signIn, signIn.Password);
                break;
            default:
                if (signIn.ApplicationCredentialId is { } id)
                {
                    json.WriteString("id", id);
                }
                else
                {
                    json.WriteString("name", signIn.ApplicationCredentialName);
                    WriteUser(json, signIn, null);
                }

                json.WriteString("secret", signIn.ApplicationCredentialSecret!.Reveal());
                break;
        }
    }

    private static void WriteUser(Utf8JsonWriter json, KeystoneSignIn signIn, Secret? password)
    {
        json.WriteStartObject("user");
        WriteNamed(json, signIn.UserId, signIn.UserName, signIn.UserDomainId, signIn.UserDomainName);
        if (password is not null)
            json.WriteString("password", password.Reveal());
        json.WriteEndObject();
    }

    private static void WriteScope(Utf8JsonWriter json, KeystoneSignIn signIn)
    {
        if (signIn.ProjectId is null && signIn.ProjectName is null)
            return;
        json.WriteStartObject("scope");
        json.WriteStartObject("project");
        WriteNamed(json, signIn.ProjectId, signIn.ProjectName, signIn.ProjectDomainId, signIn.ProjectDomainName);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteNamed(Utf8JsonWriter json, string? id, string? name, string? domainId, string? domainName)
    {
        if (id is not null)
        {
            json.WriteString("id", id);
            return;
        }

        json.WriteString("name", name);
        json.WriteStartObject("domain");
        if (domainId is not null)
            json.WriteString("id", domainId);
        else
            json.WriteString("name", domainName);
        json.WriteEndObject();
    }
}
