namespace Kops.Resources.Values;

/// <summary>A text.</summary>
/// <param name="Text">The text itself, without quotes.</param>
public sealed record TextValue(string Text) : Value;
