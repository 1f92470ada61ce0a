namespace Kops.Operations;

/// <summary>Why an operation cannot be done, in terms of what the caller can do about it.</summary>
public enum OperationErrorKind
{
    /// <summary>It cannot be done as things are; the message says what stands in its way.</summary>
    Failed,

    /// <summary>What was asked for makes no sense, whatever the state is.</summary>
    InvalidRequest,

    /// <summary>Somebody else made or changed the same.</summary>
    Conflict,

    /// <summary>What it is about is not there.</summary>
    NotFound,
}
