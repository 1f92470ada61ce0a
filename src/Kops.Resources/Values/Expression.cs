namespace Kops.Resources.Values;

/// <summary>What Terraform works out for itself when it is run. Other targets have no use for it.</summary>
/// <param name="Text">An expression of its language.</param>
public sealed record Expression(string Text) : Value;
