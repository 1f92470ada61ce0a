namespace Kops.Resources.Values;

/// <summary>A whole number.</summary>
/// <param name="Number">The number.</param>
public sealed record NumberValue(long Number) : Value;
