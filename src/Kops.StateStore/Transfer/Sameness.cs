namespace Kops.StateStore.Transfer;

/// <summary>What is known of two objects' contents.</summary>
internal enum Sameness
{
    /// <summary>Equal.</summary>
    Same,

    /// <summary>Not equal.</summary>
    Different,

    /// <summary>Listings do not tell.</summary>
    Unknown,
}
