using System.Text;
using Kops.Resources.Aws.Core;

namespace Kops.Resources.Aws.Machines;

/// <summary>What a machine is told when it starts: the boot script, with the user's own parts as a MIME message.</summary>
internal static class UserData
{
    private const string Boundary = "MIMEBOUNDARY";

    /// <summary>The text; null when there is nothing to tell.</summary>
    public static string? Of(AwsGroup group, string? script)
    {
        if (group.Spec.AdditionalUserData.Count == 0)
            return script;
        var parts = group.Spec.AdditionalUserData.Select(part => Part(part.Name, part.Type, part.Content));
        if (script is not null)
            parts = parts.Prepend(Part("nodeup.sh", "text/x-shellscript", script));
        return new StringBuilder($"Content-Type: multipart/mixed; boundary=\"{Boundary}\"\r\nMIME-Version: 1.0\r\n\r\n")
            .AppendJoin("\r\n", parts)
            .Append($"\r\n--{Boundary}--\r\n")
            .ToString();
    }

    private static string Part(string? name, string? type, string? content) =>
        string.Join(
            "\r\n",
            $"--{Boundary}",
            $"Content-Disposition: attachment; filename=\"{name}\"",
            "Content-Transfer-Encoding: 7bit",
            $"Content-Type: {type}",
            "Mime-Version: 1.0",
            string.Empty,
            content
        );
}
