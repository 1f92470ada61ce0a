using System.Text.RegularExpressions;

namespace Kops.Cli.Tests.Support;

/// <summary>Texts that hold keys and certificates, which are made by chance.</summary>
internal static partial class KeyText
{
    /// <summary>The text with a mark in place of each certificate, each public key, and each id of a key.</summary>
    public static string WithoutKeys(string text) => Key().Replace(text, "(a key)");

    [GeneratedRegex("-----BEGIN [A-Z ]+-----.*?-----END [A-Z ]+-----|\"[0-9]{24,}\"", RegexOptions.Singleline)]
    private static partial Regex Key();
}
