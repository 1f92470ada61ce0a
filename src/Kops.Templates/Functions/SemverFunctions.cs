using Kops.Templates.Values;
using Kops.Templates.Versions;

namespace Kops.Templates.Functions;

/// <summary>sprig's <c>semver</c> and <c>semverCompare</c>.</summary>
internal static class SemverFunctions
{
    private const ParameterType Str = ParameterType.Text;

    public static void AddTo(FunctionTable table)
    {
        table.Add("semver", [Str], a => Value.Pointer(Value.Of(SemanticVersion.Parse(a.Text(0)))));
        table.Add("semverCompare", [Str, Str], a => new VersionConstraints(a.Text(0)).Fit(SemanticVersion.Parse(a.Text(1))));
    }
}
