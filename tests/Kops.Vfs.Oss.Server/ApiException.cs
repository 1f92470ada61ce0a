namespace Kops.Vfs.Oss.Server;

/// <summary>A request that is refused, as the service would say it.</summary>
internal sealed class ApiException(int status, string code, string message) : Exception(message)
{
    internal int Status => status;

    internal string Code => code;

    internal static ApiException NoSuchKey() => new(404, "NoSuchKey", "The specified key does not exist.");

    internal static ApiException NoSuchUpload() =>
        new(
            404,
            "NoSuchUpload",
            "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed."
        );

    internal static ApiException Bad(string message) => new(400, "InvalidArgument", message);
}
