namespace Kops.Templates.Tests.Sprig;

/// <summary>Tables of sprig's functions.</summary>
internal static class SprigTable
{
    public static TemplateOptions Options() => new() { Functions = new FunctionTable().AddSprig() };

    public static void Check(string template, string expected) => CaseTable.Check(template, expected, Options());
}
