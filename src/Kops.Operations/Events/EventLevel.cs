namespace Kops.Operations.Events;

/// <summary>Who should be told of an event.</summary>
public enum EventLevel
{
    /// <summary>Everybody: something is not as it should be.</summary>
    Warning,

    /// <summary>Everybody: it is good to know.</summary>
    Note,

    /// <summary>Who looks closely: something is not as it should be, and does no harm.</summary>
    MinorWarning,

    /// <summary>Who wants to know each step.</summary>
    Trace,
}
