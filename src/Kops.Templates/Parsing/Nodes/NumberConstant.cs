namespace Kops.Templates.Parsing.Nodes;

/// <summary>The value of a number in the source.</summary>
/// <param name="Text">As it stands there.</param>
/// <param name="Whole">Its value as an <c>int64</c>, where that can hold it.</param>
/// <param name="Float">Its value as a <c>float64</c>.</param>
/// <param name="IsFloat">Whether it is a <c>float64</c> where nothing asks for another kind: it has a point or an exponent.</param>
internal sealed record NumberConstant(string Text, long? Whole, double Float, bool IsFloat);
