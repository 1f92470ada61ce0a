namespace Kops.Operations.Events;

/// <summary>Something to know about what is planned: what was chosen, or what will not work.</summary>
/// <param name="Level">Who should be told.</param>
/// <param name="Text">The sentence.</param>
public sealed record Advice(EventLevel Level, string Text) : OperationEvent(Level)
{
    /// <inheritdoc/>
    public override string Message => Text;
}
