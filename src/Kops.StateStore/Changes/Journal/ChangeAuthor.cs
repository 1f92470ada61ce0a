namespace Kops.StateStore.Changes.Journal;

/// <summary>Who changes a state, as it is recorded and shown to others.</summary>
/// <param name="User">The person's or the account's name.</param>
/// <param name="Host">The machine's name.</param>
/// <param name="Command">The command line as it may be shown: without secrets.</param>
/// <param name="Program">The program and its version, for example <c>kops 0.1.0</c>.</param>
public sealed record ChangeAuthor(string User, string Host, string Command, string Program)
{
    /// <inheritdoc/>
    public override string ToString() => $"{User}@{Host}";
}
