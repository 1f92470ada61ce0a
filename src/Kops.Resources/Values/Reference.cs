namespace Kops.Resources.Values;

/// <summary>
/// A property of another resource, which is known once that one is there. Of a shared resource it is the id that the user gave.
/// </summary>
/// <param name="Kind">The other's kind.</param>
/// <param name="Name">The other's name.</param>
/// <param name="Property">Which of its properties: <c>id</c>, <c>arn</c>.</param>
public sealed record Reference(ResourceKind Kind, string Name, string Property) : Value;
