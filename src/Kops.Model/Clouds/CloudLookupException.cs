namespace Kops.Model.Clouds;

/// <summary>A cloud could not be asked, or did not answer; the message says why, and what to do.</summary>
public sealed class CloudLookupException : Exception
{
    /// <summary>Makes one.</summary>
    public CloudLookupException(string message, Exception? innerException = null)
        : base(message, innerException) { }
}
