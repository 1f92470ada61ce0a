using System.Text;
using Kops.Templates.Values;

namespace Kops.Templates.Functions;

/// <summary><c>env</c> and <c>expandenv</c>, for what the host calls the environment.</summary>
internal static class EnvironmentFunctions
{
    private const string Special = "*#$@!?-0123456789";

    public static void AddTo(FunctionTable table, Func<string, string?> variable)
    {
        table.Add("env", [ParameterType.Text], a => variable(a.Text(0)) ?? string.Empty);
        table.Add("expandenv", [ParameterType.Text], a => Expand(a.Text(0), variable));
    }

    // $name and ${name}, as a shell writes them; a brace that is not closed, or holds nothing, is dropped with its dollar sign, as Go does.
    private static string Expand(string text, Func<string, string?> variable)
    {
        var expanded = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; )
        {
            if (text[i] != '$' || i + 1 == text.Length)
            {
                expanded.Append(text[i++]);
                continue;
            }

            var (name, length) = Name(text.AsSpan(i + 1));
            if (name.Length > 0)
                expanded.Append(variable(name));
            else if (length == 0)
                expanded.Append('$');
            i += 1 + length;
        }

        return expanded.ToString();
    }

    // The name that starts a text, and how many characters it takes there.
    private static (string Name, int Length) Name(ReadOnlySpan<char> text)
    {
        if (text[0] == '{')
        {
            var close = text.IndexOf('}');
            return close < 0 ? (string.Empty, 1) : (text[1..close].ToString(), close + 1);
        }

        if (Special.Contains(text[0], StringComparison.Ordinal))
            return (text[..1].ToString(), 1);
        var length = 0;
        while (length < text.Length && (char.IsAsciiLetterOrDigit(text[length]) || text[length] == '_'))
            length++;
        return (text[..length].ToString(), length);
    }
}
