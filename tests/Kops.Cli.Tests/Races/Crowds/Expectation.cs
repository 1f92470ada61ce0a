using Xunit;

namespace Kops.Cli.Tests.Races.Crowds;

/// <summary>
/// What may stand in a store of something that one member alone changes: one value, or several after a command was killed.
/// </summary>
/// <param name="what">What it is.</param>
internal sealed class Expectation(string what)
{
    /// <summary>It is not there.</summary>
    public const string Absent = "";

    private readonly HashSet<string> _values = [Absent];

    /// <summary>Whether it is known what stands there.</summary>
    public bool IsCertain => _values.Count == 1;

    /// <summary>One that may stand there.</summary>
    public string Value => _values.First();

    /// <summary>A command has ended that was to write a value.</summary>
    public void Note(StepEnd end, string value)
    {
        if (end is StepEnd.Done)
            _values.Clear();
        if (end is not StepEnd.Refused)
            _values.Add(value);
    }

    /// <summary>Fails where something else stands.</summary>
    public void Check(string found) =>
        Assert.True(_values.Contains(found), $"{what} should be '{string.Join("' or '", _values)}', and is '{found}'");
}
