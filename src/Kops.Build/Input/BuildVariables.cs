namespace Kops.Build.Input;

/// <summary>
/// The environment variables that kOps carries over into files, and those by which it takes programs and images from elsewhere. Read once,
/// where the program starts.
/// </summary>
/// <param name="Values">The variables that are set to something, by name.</param>
public sealed record BuildVariables(IReadOnlyDictionary<string, string> Values)
{
    /// <summary>None is set.</summary>
    public static BuildVariables None { get; } = new(new Dictionary<string, string>());

    /// <summary>The value of a variable; null when it is not set, or empty.</summary>
    public string? this[string name] => Values.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    /// <summary>Takes what matters of an environment.</summary>
    /// <param name="read">Gives a variable's value; null when it is not set.</param>
    public static BuildVariables Read(Func<string, string?> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        return new(
            VariableNames
                .All.Select(name => KeyValuePair.Create(name, read(name)))
                .Where(pair => pair.Value is { Length: > 0 })
                .ToDictionary(pair => pair.Key, pair => pair.Value!, StringComparer.Ordinal)
        );
    }
}
