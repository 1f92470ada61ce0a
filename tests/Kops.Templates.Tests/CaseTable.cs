namespace Kops.Templates.Tests;

/// <summary>A table of templates: what each writes for <see cref="Sample.Dot"/>, or the error, marked by <c>error: </c>.</summary>
internal static class CaseTable
{
    private const string ErrorMark = "error: ";

    public static TheoryData<string, string> Theory((string Template, string Expected)[] rows)
    {
        var data = new TheoryData<string, string>();
        foreach (var (template, expected) in rows)
            data.Add(template, expected);
        return data;
    }

    public static void Check(string template, string expected, TemplateOptions? options = null) =>
        Assert.Equal(
            expected,
            Run(template, Sample.Dot(), options, withPlace: expected.StartsWith(ErrorMark + "template:", StringComparison.Ordinal))
        );

    /// <summary>What a template writes, or the error; without its place where only the reason matters.</summary>
    public static string Run(string template, Value data, TemplateOptions? options = null, bool withPlace = true)
    {
        try
        {
            return Template.Parse("t", template, options).Execute(data);
        }
        catch (TemplateException error)
        {
            return ErrorMark + (withPlace ? error.Message : Reason(error.Message));
        }
    }

    // Behind "at <ACTION>: " of an execution, or behind the line of a parse.
    private static string Reason(string message)
    {
        var action = message.IndexOf(">: ", StringComparison.Ordinal);
        if (message.Contains(": executing \"", StringComparison.Ordinal) && action > 0)
            return message[
                (
                    message.IndexOf(" at <", StringComparison.Ordinal) is var at && at > 0
                        ? message.IndexOf(">: ", at, StringComparison.Ordinal) + 3
                        : action + 3
                )..
            ];
        return string.Join(':', message.Split(':')[3..]).Trim();
    }
}
