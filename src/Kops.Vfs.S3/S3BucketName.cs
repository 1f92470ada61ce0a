namespace Kops.Vfs.S3;

/// <summary>The names that a bucket can have in some service. Stricter rules are the service's own.</summary>
internal static class S3BucketName
{
    internal static string? Validate(string bucket)
    {
        if (bucket.Length == 0)
            return "it names no bucket; write scheme://BUCKET/path";
        foreach (var c in bucket)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '.' or '_'))
                return $"the bucket's name '{bucket}' holds '{c}'; letters, digits, '-' and '.' are allowed";
        }

        return bucket is "." or ".." ? $"'{bucket}' is not a bucket name" : null;
    }
}
