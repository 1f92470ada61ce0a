using System.Text;
using System.Text.Json;
using Kops.Vfs.Drivers;

namespace Kops.Vfs.Layers.Lock;

/// <summary>What stands in the lock object: no two writes of it are alike, so a change of its version is a sign of life.</summary>
internal static class LockClaim
{
    private const int MaxBytes = 4096;

    /// <summary>A claim for a holder, or the renewal of one.</summary>
    internal static ObjectBody New(string holder, DateTimeOffset now)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("holder", holder);
            json.WriteString("claim", Guid.NewGuid().ToString("N"));
            // For people: nobody compares clocks.
            json.WriteString("written", now);
            json.WriteEndObject();
        }

        return ObjectBody.FromBytes(bytes.ToArray());
    }

    /// <summary>Who made the claim that stands there, for a message.</summary>
    internal static async ValueTask<string> DescribeAsync(IStoreDriver store, string key, CancellationToken cancellationToken)
    {
        try
        {
            if (await store.OpenReadAsync(key, cancellationToken).ConfigureAwait(false) is not { } reader)
                return "nobody any more";
            if (reader.Info.Size > MaxBytes)
            {
                await reader.DisposeAsync().ConfigureAwait(false);
                return "somebody";
            }

            var content = await ObjectContent.ReadAsync(reader, cancellationToken).ConfigureAwait(false);
            using var json = JsonDocument.Parse(content.Bytes);
            return json.RootElement.TryGetProperty("holder", out var holder) && json.RootElement.TryGetProperty("written", out var written)
                ? $"{Printable(holder.GetString())}, last seen {written.GetString()}"
                : "somebody";
        }
        catch (Exception e) when (e is StoreException or JsonException or InvalidOperationException)
        {
            return "somebody";
        }
    }

    /// <summary>Removes a claim or a ticket, with the versions that the server may have kept of it, where this user may.</summary>
    /// <exception cref="StoreException">It could not be removed.</exception>
    internal static async ValueTask RemoveAsync(IStoreDriver store, string key, CancellationToken cancellationToken)
    {
        try
        {
            if (store.As<IVersionedStore>() is { } versions)
            {
                await versions.DeleteAllVersionsAsync(key, cancellationToken).ConfigureAwait(false);
                return;
            }
        }
        catch (StoreException e) when (e.Kind is StoreErrorKind.PermissionDenied)
        {
            // The versions stay.
        }

        _ = await store.DeleteAsync(key, WriteCondition.Any, cancellationToken).ConfigureAwait(false);
    }

    private static string Printable(string? text)
    {
        var result = new StringBuilder();
        foreach (var c in text ?? "somebody")
            result.Append(char.IsControl(c) ? '?' : c);
        return result.ToString();
    }
}
