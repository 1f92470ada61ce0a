namespace Kops.Model.Flags;

/// <summary>Flags that are about one thing, for help and documentation.</summary>
/// <param name="Title">What they are about: <c>Machines</c>.</param>
/// <param name="Flags">The flags.</param>
/// <typeparam name="TFlags">The record that holds the values of all flags of the command.</typeparam>
public sealed record FlagSubject<TFlags>(string Title, IReadOnlyList<FlagDefinition<TFlags>> Flags)
    where TFlags : class;
