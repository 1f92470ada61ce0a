using System.Text;
using Kops.Vfs;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

/// <summary>A version as HTTP has it, and back: what a client read is what it may replace.</summary>
internal static class ETag
{
    public static string Of(ObjectVersion version) => $"\"{WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(version.Value))}\"";

    /// <summary>The condition that a request names; null for none.</summary>
    public static WriteCondition? Condition(IHeaderDictionary headers)
    {
        if (headers[HeaderNames.IfNoneMatch] == "*")
            return WriteCondition.IfAbsent;
        var tag = headers[HeaderNames.IfMatch].ToString();
        if (tag.Length < 2 || tag[0] != '"' || tag[^1] != '"')
            return null;
        try
        {
            return WriteCondition.IfMatch(new ObjectVersion(Encoding.UTF8.GetString(WebEncoders.Base64UrlDecode(tag[1..^1]))));
        }
        catch (FormatException)
        {
            // None of ours: it is the version of nothing.
            return WriteCondition.IfMatch(new ObjectVersion(tag));
        }
    }
}
