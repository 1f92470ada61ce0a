namespace Kops.StateStore.Changes.Journal;

/// <summary>Another process took this one for dead and took its change over.</summary>
internal sealed class LeaseLostException : Exception { }
