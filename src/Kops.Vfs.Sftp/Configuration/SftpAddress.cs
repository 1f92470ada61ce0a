using System.Globalization;

namespace Kops.Vfs.Sftp.Configuration;

/// <summary>
/// An address as users write it: <c>ssh://user@host:port/path </c>, or with <c>sftp </c>. A path that begins with <c>/~/ </c> is below the
/// user's home.
/// </summary>
/// <param name="Text">Scheme, user, host and port as they were written.</param>
/// <param name="User">Who signs in; null where it does not say.</param>
/// <param name="Host">The server, or a name of the configuration of ssh.</param>
/// <param name="Port">Its port; null where it does not say.</param>
/// <param name="Root">Where the path begins: <c>/</c>, or <c>.</c> for the user's home.</param>
/// <param name="Key">The path from there.</param>
internal sealed record SftpAddress(string Text, string? User, string Host, int? Port, string Root, string Key)
{
    /// <exception cref="StoreException">It is none.</exception>
    internal static SftpAddress Parse(string path)
    {
        var start = path.IndexOf("://", StringComparison.Ordinal) + 3;
        var slash = path.IndexOf('/', start);
        if (slash < 0 || path.AsSpan(slash).TrimEnd('/').Length == 0)
            throw Wrong(
                path,
                "it names no directory; write ssh://USER@HOST/directory, or ssh://USER@HOST/~/directory for one below the user's home"
            );
        var authority = path[start..slash];
        var at = authority.LastIndexOf('@');
        var user = at < 0 ? null : authority[..at];
        if (user is "")
            throw Wrong(path, "there is no user before the '@'; write ssh://USER@HOST/directory");
        if (user?.Contains(':', StringComparison.Ordinal) == true)
            throw new StoreException(
                StoreErrorKind.InvalidArgument,
                "open",
                $"{path[..start]}…{path[(start + at)..]}",
                "a password in an address ends up in logs; set KOPS_SSH_PASSWORD, or better use a key"
            );
        var (host, port) = Split(path, authority[(at + 1)..]);
        var inHome = path.AsSpan(slash).StartsWith("/~/") || path[slash..] is "/~";
        return new SftpAddress(
            path[..slash] + (inHome ? "/~" : string.Empty),
            user,
            host,
            port,
            inHome ? "." : "/",
            path[(slash + (inHome ? 2 : 0))..].Trim('/')
        );
    }

    private static (string Host, int? Port) Split(string path, string text)
    {
        var bracket = text.StartsWith('[') ? text.IndexOf(']', StringComparison.Ordinal) : -1;
        var colon = text.IndexOf(':', bracket + 1);
        var host =
            bracket > 0 ? text[1..bracket]
            : colon < 0 ? text
            : text[..colon];
        if (host.Length == 0)
            throw Wrong(path, "it names no server; write ssh://USER@HOST/directory");
        if (colon < 0)
            return (host, null);
        return
            int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= 65535
            ? (host, port)
            : throw Wrong(path, $"'{text[(colon + 1)..]}' is not a port");
    }

    private static StoreException Wrong(string path, string problem) => new(StoreErrorKind.InvalidArgument, "open", path, problem);
}
