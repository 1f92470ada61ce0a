namespace Kops.Operations.Addons;

/// <summary>Addresses of the web that a source of addons may be fetched from.</summary>
internal static class SourceAddress
{
    /// <summary>Whether a name is an address, of whatever kind.</summary>
    public static bool IsOne(string name) => name.Contains("://", StringComparison.Ordinal);

    /// <summary>Refuses addresses that are not safe. No message repeats what may be a password.</summary>
    /// <exception cref="OperationException">It is none of the web, is not protected, or holds something secret.</exception>
    public static void Check(string name)
    {
        if (!Uri.TryCreate(name, UriKind.Absolute, out var address) || address.Host.Length == 0)
            throw OperationException.InvalidRequest($"{Plain(name)}: is no address; write https://HOST/FILE.tar.gz");
        if (address.UserInfo.Length > 0 || address.Query.Length > 0 || address.Fragment.Length > 0)
            throw OperationException.InvalidRequest(
                $"{Plain(name)}: has a password or a query in it, which would end up in the history of the cluster; download it, and name "
                    + "the file"
            );
        if (address.Scheme != Uri.UriSchemeHttps && !(address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
            throw OperationException.InvalidRequest(
                $"{Plain(name)}: a source of addons is a directory, an archive (.tar.gz) or an https:// address of one: what others can "
                    + "change on the way runs in your cluster"
            );
    }

    private static string Plain(string name)
    {
        var end = name.AsSpan().IndexOfAny('?', '#');
        var plain = end < 0 ? name : name[..end];
        var (start, host) = (plain.IndexOf("://", StringComparison.Ordinal) + 3, plain.LastIndexOf('@'));
        return host < start ? plain : plain[..start] + plain[(host + 1)..];
    }
}
