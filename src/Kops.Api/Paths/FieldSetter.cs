using Kops.Api.Documents;
using Kops.Api.Schema;

namespace Kops.Api.Paths;

/// <summary>
/// Sets and unsets fields by path, as <c>--set path=value</c> and <c>--unset path</c> do, checked against the stored version's types.
/// A path may begin with its object's kind, as in kOps: <c>cluster.spec.channel</c>, <c>instancegroup.spec.maxSize</c>. The names that
/// fields have in v1alpha3 mean the stored fields (<c>spec.api.access</c> is <c>spec.kubernetesApiAccess</c>), and case does not matter.
/// The few that kOps takes and never stores (<c>spec.cloudProvider.aws.binariesLocation</c>) change nothing.
/// </summary>
/// <remarks>
/// Values: booleans, numbers, quantities, durations and enumerations are checked; a list takes <c>a,b</c> and appends what it does not
/// hold yet; a map takes <c>key=value,key=value</c> and keeps its other keys, a list of names and values <c>NAME=VALUE</c>, a map of
/// lists <c>key=a,b</c>; objects, lists and maps are replaced by JSON
/// (<c>{"cidr":"10.0.0.0/8"}</c>); an empty value makes an empty object (<c>spec.networking.cni=</c>). A position one past the end of a
/// list (<c>spec.addons[0].manifest=...</c>) adds an item. Unsetting what is not there succeeds.
/// </remarks>
public static class FieldSetter
{
    /// <summary>Sets one field.</summary>
    /// <param name="root">The object; unchanged on failure.</param>
    /// <param name="type">Its type.</param>
    /// <param name="expression"><c>path=value</c>.</param>
    /// <exception cref="InvalidObjectException">The path or the value is wrong.</exception>
    public static void Set(MappingNode root, TypeSchema type, string expression) => Apply(root, type, [], [expression]);

    /// <summary>Takes a field away.</summary>
    /// <exception cref="InvalidObjectException">The path is wrong.</exception>
    public static void Unset(MappingNode root, TypeSchema type, string path) => Apply(root, type, [path], []);

    /// <summary>Does all of it or, on any mistake, nothing: first what is unset, then what is set, each in its order.</summary>
    /// <exception cref="InvalidObjectException">Paths or values are wrong: all of them are named.</exception>
    public static void Apply(MappingNode root, TypeSchema type, IEnumerable<string> unset, IEnumerable<string> set)
    {
        ArgumentNullException.ThrowIfNull(root);
        ArgumentNullException.ThrowIfNull(type);
        (string[] takes, string[] puts) = ([.. unset], [.. set]);
        var trial = Run((MappingNode)root.Clone(), type, takes, puts);
        if (trial.Count > 0)
            throw new InvalidObjectException(
                takes.Length == 0 ? "--set"
                    : puts.Length == 0 ? "--unset"
                    : "--set, --unset",
                trial
            );
        Run(root, type, takes, puts);
    }

    private static List<Problem> Run(MappingNode root, TypeSchema type, string[] unset, string[] set)
    {
        var problems = new List<Problem>();
        foreach (var path in unset)
            Try(problems, () => UnsetOne(root, type, path));
        foreach (var expression in set)
            Try(problems, () => SetOne(root, type, expression));
        return problems;
    }

    private static void Try(List<Problem> problems, Action action)
    {
        try
        {
            action();
        }
        catch (FieldMistakeException mistake)
        {
            problems.Add(new Problem(mistake.Path, mistake.Message));
        }
    }

    private static void SetOne(MappingNode root, TypeSchema type, string expression)
    {
        var equals = EqualsSign(expression);
        if (equals < 0)
            throw new FieldMistakeException(expression, "has no value: write path=value, such as spec.kubernetesVersion=1.35.0");
        var (path, isTurned) = Path(type, expression[..equals]);
        if (NewerNames.IsLost(path))
            return;
        var text = expression[(equals + 1)..];
        var values = new ValueText(ApiSchema.V1Alpha2);
        foreach (var slot in new SlotFinder(ApiSchema.V1Alpha2, makes: true).Find(root, type, path))
            values.Put(slot, isTurned ? ValueText.Opposite(path.ToString(), text) : text);
    }

    private static void UnsetOne(MappingNode root, TypeSchema type, string text)
    {
        var path = Path(type, text).Path;
        if (NewerNames.IsLost(path))
            return;
        var slots = new SlotFinder(ApiSchema.V1Alpha2, makes: false).Find(root, type, path);
        // From the end, for positions move when an item goes.
        for (var i = slots.Count - 1; i >= 0; i--)
            slots[i].Remove();
    }

    private static (FieldPath Path, bool IsTurned) Path(TypeSchema type, string text)
    {
        var prefix = text.IndexOf('.', StringComparison.Ordinal);
        if (prefix > 0 && text.AsSpan(0, prefix).Equals(type.Name, StringComparison.OrdinalIgnoreCase))
            text = text[(prefix + 1)..];
        try
        {
            return NewerNames.Stored(FieldPath.Parse(text));
        }
        catch (FormatException mistake)
        {
            throw new FieldMistakeException(string.Empty, mistake.Message);
        }
    }

    // The first '=' that does not stand in brackets, where keys may hold one.
    private static int EqualsSign(string expression)
    {
        var (bracket, quote) = (false, false);
        for (var i = 0; i < expression.Length; i++)
        {
            switch (expression[i])
            {
                case '\\' when quote:
                    i++;
                    break;
                case '"' when bracket:
                    quote = !quote;
                    break;
                case '[' when !quote:
                    bracket = true;
                    break;
                case ']' when !quote:
                    bracket = false;
                    break;
                case '=' when !bracket:
                    return i;
                default:
                    break;
            }
        }

        return -1;
    }
}
