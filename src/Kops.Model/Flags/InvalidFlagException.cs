namespace Kops.Model.Flags;

/// <summary>A flag, or flags together, cannot be what was given. The message names the flag and says what would do.</summary>
public sealed class InvalidFlagException(string flag, string message) : Exception(message)
{
    /// <summary>The flag's name without dashes; the first one where several contradict each other.</summary>
    public string Flag { get; } = flag;
}
