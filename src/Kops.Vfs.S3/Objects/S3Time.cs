namespace Kops.Vfs.S3.Objects;

/// <summary>The SDK's times, which are in UTC.</summary>
internal static class S3Time
{
    internal static DateTimeOffset From(DateTime? time) =>
        time is { } known ? new DateTimeOffset(known.ToUniversalTime()) : DateTimeOffset.UnixEpoch;
}
