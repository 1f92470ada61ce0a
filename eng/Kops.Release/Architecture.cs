namespace Kops.Release;

/// <summary>What Debian and container images call a kind of machine.</summary>
internal sealed record Architecture(string Debian, string Oci)
{
    /// <summary>That of a runtime identifier; null where neither exists.</summary>
    public static Architecture? Of(string rid) =>
        rid switch
        {
            "linux-x64" => new("amd64", "amd64"),
            "linux-arm64" => new("arm64", "arm64"),
            _ => null,
        };
}
