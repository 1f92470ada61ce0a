using System.Security.Cryptography;
using System.Text;
using Kops.Templates.Values;

namespace Kops.Templates.Functions;

/// <summary>sprig's digests. Passwords, keys and certificates are not made here.</summary>
internal static class HashFunctions
{
    private const uint AdlerModulus = 65521;
    private const ParameterType Str = ParameterType.Text;

    public static void AddTo(FunctionTable table)
    {
        table.Add("sha1sum", [Str], a => Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(a.Text(0)))));
        table.Add("sha256sum", [Str], a => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(a.Text(0)))));
        table.Add("sha512sum", [Str], a => Convert.ToHexStringLower(SHA512.HashData(Encoding.UTF8.GetBytes(a.Text(0)))));
        table.Add("adler32sum", [Str], a => (Value)Adler32(Encoding.UTF8.GetBytes(a.Text(0))));
    }

    private static string Adler32(byte[] bytes)
    {
        var (a, b) = (1u, 0u);
        foreach (var value in bytes)
        {
            a = (a + value) % AdlerModulus;
            b = (b + a) % AdlerModulus;
        }

        return ((b << 16) | a).ToString(System.Globalization.CultureInfo.InvariantCulture);
    }
}
