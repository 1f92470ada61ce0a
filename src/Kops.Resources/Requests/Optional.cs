namespace Kops.Resources.Requests;

/// <summary>Lists and maps that may not be there.</summary>
internal static class Optional
{
    /// <summary>What is there, be it nothing.</summary>
    public static IEnumerable<T> OrNone<T>(this IEnumerable<T>? items) => items ?? [];
}
