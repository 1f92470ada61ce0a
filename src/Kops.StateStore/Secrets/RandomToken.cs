using System.Security.Cryptography;

namespace Kops.StateStore.Secrets;

/// <summary>The tokens that <c>update cluster</c> makes, as kOps makes them.</summary>
public static class RandomToken
{
    /// <summary>Letters and digits in a token.</summary>
    public const int Length = 32;

    /// <summary>A new token: the base64 of 128 random octets without <c>+</c>, <c>/</c> and <c>=</c>, its first 32 characters.</summary>
    public static string Create()
    {
        while (true)
        {
            var text = string.Concat(Convert.ToBase64String(RandomNumberGenerator.GetBytes(128)).Where(char.IsAsciiLetterOrDigit));
            if (text.Length >= Length)
                return text[..Length];
        }
    }
}
