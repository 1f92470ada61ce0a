using System.Net.Http;
using System.Text;
using System.Text.Json;
using Kops.Vfs.Network;
using Kops.Vfs.Swift.Transport;
using Kops.Vfs.Writing;

namespace Kops.Vfs.Swift.Writing;

/// <summary>Deletes objects, with their segments.</summary>
internal sealed class SwiftDeletion(SwiftContainer container)
{
    /// <summary>Fewer than any store allows at once.</summary>
    private const int BatchSize = 1000;

    internal async ValueTask<WriteOutcome> DeleteAsync(string key, WriteCondition condition, CancellationToken cancellationToken)
    {
        // A look is needed in any case: segments are deleted with another request.
        if (await container.FindAsync("delete", key, cancellationToken).ConfigureAwait(false) is not { } found)
            return WriteOutcome.Absent;
        if (!LostWrite.Holds(condition, found.Marked))
            return WriteOutcome.Conflict;
        var request = new SwiftRequest(
            HttpMethod.Delete,
            container.PathTo(key, ("multipart-manifest", found.IsSegmented ? "delete" : null))
        )
        {
            Headers = [("Accept", "application/json")],
        };
        ServiceFailure? lost = null;
        WriteOutcome? settled = null;
        using var answer = await container
            .Connection.Retry.RunAsync(
                async token =>
                {
                    if (lost is not null)
                    {
                        var (now, failure) = await container.TryFindAsync(key, token).ConfigureAwait(false);
                        if (failure is not null)
                            return new ServiceAnswer(null, failure);
                        if (now is null)
                            settled = WriteOutcome.Deleted;
                        else if (now.Info.Version != found.Info.Version)
                            throw LostWrite.Unknown("delete", container.Errors.PathOf(key), lost.Describe(), lost.Cause);
                        if (settled is not null)
                            return default;
                    }

                    var current = await container.Connection.TryAsync(request, token).ConfigureAwait(false);
                    if (current.Failure is { IsTransient: true, MayHaveHappened: true } failed)
                        lost = failed;
                    return current;
                },
                cancellationToken
            )
            .ConfigureAwait(false);
        if (settled is { } outcome)
            return outcome;
        if (answer.Failure is { } refused)
            return refused.IsAbsence ? WriteOutcome.Deleted : throw container.Errors.Wrap("delete", key, refused);
        if (found.IsSegmented)
            await RequireSuccessAsync(key, answer.Response!, cancellationToken).ConfigureAwait(false);
        return WriteOutcome.Deleted;
    }

    /// <summary>Deletes one version for good.</summary>
    internal async ValueTask DeleteVersionAsync(string key, string versionId, CancellationToken cancellationToken)
    {
        using var answer = await container
            .SendAsync(new SwiftRequest(HttpMethod.Delete, container.PathTo(key, ("version-id", versionId))), cancellationToken)
            .ConfigureAwait(false);
        if (answer.Failure is { IsAbsence: false } failure)
            throw container.Errors.Wrap("delete", key, failure);
    }

    /// <summary>Deletes objects of any container of the account with few requests.</summary>
    /// <param name="operation">What it is for, in the user's words.</param>
    /// <param name="owner">The container.</param>
    /// <param name="keys">The objects.</param>
    /// <param name="cancellationToken">Stops it between two requests.</param>
    internal async ValueTask<IReadOnlyList<StoreException>> DeleteManyAsync(
        string operation,
        string owner,
        IReadOnlyList<string> keys,
        CancellationToken cancellationToken
    )
    {
        var errors = new List<StoreException>();
        foreach (var batch in keys.Chunk(BatchSize))
        {
            var names = batch.ToDictionary(key => $"/{owner}/{key}", key => key, StringComparer.Ordinal);
            var body = Encoding.UTF8.GetBytes(
                string.Join('\n', batch.Select(key => $"/{Uri.EscapeDataString(owner)}/{Uri.EscapeDataString(key)}"))
            );
            var request = new SwiftRequest(HttpMethod.Post, "?bulk-delete")
            {
                Body = _ => ValueTask.FromResult<HttpContent>(new ByteArrayContent(body) { Headers = { ContentType = new("text/plain") } }),
                Headers = [("Accept", "application/json")],
            };
            using var answer = await container.SendAsync(request, cancellationToken).ConfigureAwait(false);
            if (answer.Failure is { } failure)
                throw container.Errors.Wrap(operation, string.Empty, failure);
            var result = await container.ReadJsonAsync(operation, string.Empty, answer.Response!, cancellationToken).ConfigureAwait(false);
            foreach (var (path, status) in Failed(result))
            {
                var plain = Uri.UnescapeDataString(path);
                errors.Add(Refused(operation, names.GetValueOrDefault(plain, plain), status));
            }

            if (
                errors.Count == 0
                && SwiftListing.Text(result, "Response Status") is { } whole
                && !whole.StartsWith('2')
                && !whole.StartsWith("404", StringComparison.Ordinal)
            )
                throw Refused(operation, string.Empty, whole);
        }

        return errors;
    }

    private async ValueTask RequireSuccessAsync(string key, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var result = await container.ReadJsonAsync("delete", key, response, cancellationToken).ConfigureAwait(false);
        var failed = Failed(result).Where(error => !error.Status.StartsWith("404", StringComparison.Ordinal)).ToList();
        if (failed.Count > 0)
            throw Refused("delete", key, $"{failed[0].Status} for {failed.Count} of its parts");
    }

    /// <summary>What a bulk request could not delete: <c>"Errors": [[path, status], …]</c>.</summary>
    private static IEnumerable<(string Path, string Status)> Failed(JsonElement result)
    {
        if (
            result.ValueKind is not JsonValueKind.Object
            || !result.TryGetProperty("Errors", out var errors)
            || errors.ValueKind is not JsonValueKind.Array
        )
            yield break;
        foreach (var error in errors.EnumerateArray())
        {
            if (error.ValueKind is JsonValueKind.Array && error.GetArrayLength() == 2)
                yield return (error[0].GetString() ?? string.Empty, error[1].GetString() ?? string.Empty);
        }
    }

    private StoreException Refused(string operation, string key, string status) =>
        new(
            status.StartsWith("403", StringComparison.Ordinal) || status.StartsWith("401", StringComparison.Ordinal)
                ? StoreErrorKind.PermissionDenied
                : StoreErrorKind.Other,
            operation,
            container.Errors.PathOf(key),
            $"the store answered {status}; check the rights on the container, then try again",
            isTransient: status.StartsWith('5')
        );
}
