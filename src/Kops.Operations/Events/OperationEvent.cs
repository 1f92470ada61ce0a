namespace Kops.Operations.Events;

/// <summary>Something that happened while an operation went on.</summary>
/// <param name="Level">Who should be told.</param>
public abstract record OperationEvent(EventLevel Level)
{
    /// <summary>What happened, for people: a sentence without a line's end.</summary>
    public abstract string Message { get; }
}
