namespace Kops.StateStore.Files;

/// <summary>Many requests at a time, but not too many.</summary>
internal static class FanOut
{
    /// <summary>Requests on the way at one time: enough to hide a store's latency, few enough not to be throttled.</summary>
    public const int Width = 32;

    /// <summary>Runs a request for each item and gives the answers in the items' order.</summary>
    public static async Task<TOut[]> SelectAsync<TIn, TOut>(
        IReadOnlyList<TIn> items, Func<TIn, CancellationToken, ValueTask<TOut>> request, CancellationToken cancellationToken)
    {
        var answers = new TOut[items.Count];
        if (items.Count == 1)
        {
            answers[0] = await request(items[0], cancellationToken).ConfigureAwait(false);
            return answers;
        }

        var options = new ParallelOptions { MaxDegreeOfParallelism = Width, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(
            Enumerable.Range(0, items.Count),
            options,
            async (i, token) => answers[i] = await request(items[i], token).ConfigureAwait(false)).ConfigureAwait(false);
        return answers;
    }
}
