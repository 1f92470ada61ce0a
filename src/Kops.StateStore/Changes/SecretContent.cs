namespace Kops.StateStore.Changes;

/// <summary>Finds secrets in files that are not known to hold any: some addons carry their cloud's credentials in a manifest.</summary>
internal static class SecretContent
{
    /// <summary>Whether a text holds a private key or a Kubernetes Secret.</summary>
    public static bool IsIn(ReadOnlySpan<byte> text) =>
        text.IndexOf("PRIVATE KEY-----"u8) >= 0 || HasLine(text, "kind: Secret"u8) || text.IndexOf("\"kind\":\"Secret\""u8) >= 0;

    private static bool HasLine(ReadOnlySpan<byte> text, ReadOnlySpan<byte> line)
    {
        for (var rest = text; rest.IndexOf(line) is var at and >= 0; rest = rest[(at + line.Length)..])
        {
            var end = at + line.Length;
            if (end == rest.Length || rest[end] is (byte)'\n' or (byte)'\r' or (byte)' ')
                return true;
        }

        return false;
    }
}
