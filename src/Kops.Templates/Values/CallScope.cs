namespace Kops.Templates.Values;

/// <summary>What a running template gives the functions that it calls: its bounds, and its named templates.</summary>
internal abstract class CallScope
{
    private const int CharactersPerStep = 64;

    /// <summary>The most characters that a text may have.</summary>
    public abstract int LongestText { get; }

    /// <summary>Takes steps from those that the execution has; throws when it has too few.</summary>
    public abstract void Charge(long steps);

    /// <summary>Takes the steps that it costs to go through a number of characters.</summary>
    public void ChargeText(long characters) => Charge(characters / CharactersPerStep);

    /// <summary>What a named template writes for the given data.</summary>
    public abstract string Render(string template, Value data);

    /// <summary>What has been made once in this execution under a name, such as a regular expression.</summary>
    public abstract T Once<T>(string key, Func<string, T> make)
        where T : class;
}
