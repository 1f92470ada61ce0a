using System.Runtime.CompilerServices;

namespace Kops.StateStore.Files;

/// <summary>Many requests at a time, but not too many.</summary>
public static class FanOut
{
    /// <summary>Requests on the way at one time: enough to hide a store's latency, few enough not to be throttled.</summary>
    public const int Width = 32;

    /// <summary>Runs a request for each item and gives the answers in the items' order.</summary>
    public static async Task<TOut[]> SelectAsync<TIn, TOut>(
        IReadOnlyList<TIn> items,
        Func<TIn, CancellationToken, ValueTask<TOut>> request,
        CancellationToken cancellationToken,
        int width = Width
    )
    {
        var answers = new TOut[items.Count];
        if (items.Count == 1 || width == 1)
        {
            for (var i = 0; i < answers.Length; i++)
                answers[i] = await request(items[i], cancellationToken).ConfigureAwait(false);
            return answers;
        }

        var options = new ParallelOptions { MaxDegreeOfParallelism = width, CancellationToken = cancellationToken };
        await Parallel
            .ForEachAsync(
                Enumerable.Range(0, items.Count),
                options,
                async (i, token) => answers[i] = await request(items[i], token).ConfigureAwait(false)
            )
            .ConfigureAwait(false);
        return answers;
    }

    /// <summary>Runs a request for each item as soon as it is found, and gives the answers in the items' order.</summary>
    public static async Task<IEnumerable<TOut>> SelectAsync<TIn, TOut>(
        IAsyncEnumerable<TIn> items,
        Func<TIn, CancellationToken, ValueTask<TOut>> request,
        CancellationToken cancellationToken
    )
    {
        // Items are found one after the other, whoever asks for the next: the list needs no lock.
        var slots = new List<Slot<TIn, TOut>>();
        var options = new ParallelOptions { MaxDegreeOfParallelism = Width, CancellationToken = cancellationToken };
        await Parallel
            .ForEachAsync(
                SlotsAsync(cancellationToken),
                options,
                async (slot, token) => slot.Answer = await request(slot.Item, token).ConfigureAwait(false)
            )
            .ConfigureAwait(false);
        return slots.Select(slot => slot.Answer!);

        async IAsyncEnumerable<Slot<TIn, TOut>> SlotsAsync([EnumeratorCancellation] CancellationToken token)
        {
            await foreach (var item in items.WithCancellation(token).ConfigureAwait(false))
            {
                var slot = new Slot<TIn, TOut>(item);
                slots.Add(slot);
                yield return slot;
            }
        }
    }

    private sealed class Slot<TIn, TOut>(TIn item)
    {
        public TIn Item => item;

        public TOut? Answer { get; set; }
    }
}
