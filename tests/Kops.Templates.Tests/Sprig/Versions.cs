namespace Kops.Templates.Tests.Sprig;

public sealed class Versions
{
    /// <summary>Constraint, a version, and whether it fits.</summary>
    internal static readonly (string Constraint, string Version, bool Fits)[] Cases =
    [
        ("1.2.3", "1.2.3", true),
        ("=1.2.3", "v1.2.3", true),
        ("1.2.3", "1.2.4", false),
        ("!=1.2.3", "1.2.4", true),
        ("!=1.2.3", "1.2.3", false),
        ("!=1.2", "1.2.9", false),
        ("!=1", "2.0.0", true),
        (">1.2.3", "1.2.4", true),
        (">1.2", "1.2.9", false),
        (">1.2", "1.3.0", true),
        (">11", "11.1.0", false),
        (">11", "12.0.0", true),
        (">=1.2.3", "1.2.3", true),
        (">=1.2", "1.2.0", true),
        ("=>1.2", "1.1.9", false),
        ("<1.2.3", "1.2.2", true),
        ("<1.2.3", "1.2.3", false),
        ("<=1.2.3", "1.2.3", true),
        ("<=1.2", "1.2.9", true),
        ("<=1", "1.9.9", true),
        ("=<11", "12.0.0", false),
        ("~1.2.3", "1.2.9", true),
        ("~1.2.3", "1.3.0", false),
        ("~1", "1.9.9", true),
        ("~1", "2.0.0", false),
        ("~>1.2", "1.2.9", true),
        ("~1.2.x", "1.3.0", false),
        ("^1.2.3", "1.9.9", true),
        ("^1.2.3", "2.0.0", false),
        ("^0.2.3", "0.2.9", true),
        ("^0.2.3", "0.3.0", false),
        ("^0.0.3", "0.0.3", true),
        ("^0.0.3", "0.0.4", false),
        ("^0.0", "0.0.9", true),
        ("^0", "0.9.9", true),
        ("^0", "1.0.0", false),
        ("*", "1.2.3", true),
        ("x", "1.2.3", true),
        ("1.x", "1.9.0", true),
        ("1.x", "2.0.0", false),
        ("1.2.X", "1.2.7", true),
        (">=1.0.0, <2.0.0", "1.5.0", true),
        (">=1.0.0 <2.0.0", "2.5.0", false),
        (">= 1.0.0 , < 2.0.0", "1.5.0", true),
        ("1.0.0 || 2.0.0", "2.0.0", true),
        ("<1.0.0||>2.0.0", "1.5.0", false),
        ("1.1 - 2", "1.5.0", true),
        ("1.1 - 2", "2.9.0", true),
        ("1.1 - 2", "3.0.0", false),
        (">=1.2.3", "1.3.0-beta.1", false),
        (">=1.2.3-0", "1.3.0-beta.1", true),
        ("^1.2.0-alpha.0", "1.2.0-alpha.1", true),
        (">1.0.0-alpha.9", "1.0.0-alpha.10", true),
        (">1.0.0-alpha", "1.0.0", true),
        ("=1.2.3+build", "1.2.3", true),
    ];

    public static TheoryData<string, string, bool> Rows()
    {
        var data = new TheoryData<string, string, bool>();
        foreach (var (constraint, version, fits) in Cases)
            data.Add(constraint, version, fits);
        return data;
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Fit_constraints(string constraint, string version, bool fits) =>
        SprigTable.Check($"{{{{semverCompare \"{constraint}\" \"{version}\"}}}}", fits ? "true" : "false");

    [Theory]
    [InlineData(
        "{{$v := semver \"v1.2.3-alpha.1+meta\"}}{{$v.Major}} {{$v.Minor}} {{$v.Patch}} {{$v.Prerelease}} {{$v.Metadata}} "
            + "{{$v.Original}} {{$v}}",
        "1 2 3 alpha.1 meta v1.2.3-alpha.1+meta 1.2.3-alpha.1+meta"
    )]
    [InlineData("{{semver \"1.2\"}} {{semver \"1\"}}", "1.2.0 1.0.0")]
    [InlineData("{{(semver \"1.2.3\").Compare (semver \"1.2.4\")}}", "-1")]
    [InlineData("{{semver \"1.2.x\"}}", "error: error calling semver: invalid semantic version")]
    [InlineData("{{semverCompare \">\" \"1.2.3\"}}", "error: error calling semverCompare: improper constraint: >")]
    [InlineData("{{semverCompare \"\" \"1.2.3\"}}", "error: error calling semverCompare: improper constraint: ")]
    [InlineData("{{semverCompare \"1.2.3 ||\" \"1.2.3\"}}", "error: error calling semverCompare: improper constraint: ")]
    [InlineData("{{semverCompare \">=1.0\" \"x\"}}", "error: error calling semverCompare: invalid semantic version")]
    public void Have_parts(string template, string expected) => SprigTable.Check(template, expected);
}
