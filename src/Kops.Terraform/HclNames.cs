namespace Kops.Terraform;

/// <summary>Names as Terraform takes them.</summary>
internal static class HclNames
{
    /// <summary>A name made of what Terraform allows in one.</summary>
    public static string Sanitize(string name)
    {
        if (name.Length > 0 && char.IsAsciiDigit(name[0]))
            name = "prefix_" + name;
        name = name.Replace(".", "-", StringComparison.Ordinal)
            .Replace("/", "--", StringComparison.Ordinal)
            .Replace(":", "_", StringComparison.Ordinal);
        // kOps leaves all else as it is, and Terraform refuses it.
        return name.All(IsAllowed) ? name : string.Concat(name.Select(character => IsAllowed(character) ? character : '_'));
    }

    private static bool IsAllowed(char character) => char.IsAsciiLetterOrDigit(character) || character is '-' or '_';
}
