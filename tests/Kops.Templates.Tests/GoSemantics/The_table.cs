namespace Kops.Templates.Tests.GoSemantics;

public sealed class The_table
{
    [Fact]
    public void Has_at_least_300_cases_and_none_twice()
    {
        var cases = new[]
        {
            Text_and_trimming.Cases,
            Fields_and_pointers.Cases,
            Control.Cases,
            Variables_and_pipelines.Cases,
            Builtin_functions.Cases,
            Printf_verbs.Cases,
            Named_templates.Cases,
        }.SelectMany(rows => rows);

        var templates = cases.Select(row => row.Item1).ToList();

        Assert.True(templates.Count >= 300, $"{templates.Count} cases");
        Assert.Equal(templates.Count, templates.Distinct(StringComparer.Ordinal).Count());
    }
}
