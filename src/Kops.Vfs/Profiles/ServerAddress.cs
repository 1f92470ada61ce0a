namespace Kops.Vfs.Profiles;

/// <summary>Addresses of servers, as they may be shown.</summary>
public static class ServerAddress
{
    /// <summary>The text without a user and a password before its host, whether it is a proper address or not.</summary>
    public static string WithoutUser(string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        var start = address.IndexOf("://", StringComparison.Ordinal) is var scheme and >= 0 ? scheme + 3 : 0;
        return address.LastIndexOf('@') is var end && end >= start ? $"{address[..start]}...{address[end..]}" : address;
    }
}
