namespace Kops.Resources.Values;

/// <summary>A truth value.</summary>
/// <param name="IsTrue">Which of the two.</param>
public sealed record BooleanValue(bool IsTrue) : Value;
