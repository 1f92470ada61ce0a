using System.Net;
using System.Net.Http;
using System.Text;
using System.Text.Json;
using Kops.Vfs.Rest.Reading;
using Kops.Vfs.Rest.Requests;
using Kops.Vfs.Swift.Objects;

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
        if (!condition.HoldsOf(found.Info.Version))
            return WriteOutcome.Conflict;
        var request = new RestRequest(HttpMethod.Delete, container.PathTo(key, ("multipart-manifest", found.IsSegmented ? "delete" : null)))
        {
            Headers = [("Accept", "application/json")],
        };
        using var answer = await container
            .Guarded.DeleteAsync(key, found.Info.Version!.Value, request, cancellationToken)
            .ConfigureAwait(false);
        if (answer.Failure is { } refused)
            return refused.IsAbsence ? WriteOutcome.Deleted : throw container.Errors.Wrap("delete", key, refused);
        if (found.IsSegmented && answer.Response is { StatusCode: not HttpStatusCode.NoContent } response)
            await RequireSuccessAsync(key, response, cancellationToken).ConfigureAwait(false);
        return WriteOutcome.Deleted;
    }

    /// <summary>Deletes one version for good.</summary>
    internal async ValueTask DeleteVersionAsync(string key, string versionId, CancellationToken cancellationToken)
    {
        using var answer = await container
            .SendAsync(new RestRequest(HttpMethod.Delete, container.PathTo(key, ("version-id", versionId))), cancellationToken)
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
            var request = new RestRequest(HttpMethod.Post, "?bulk-delete")
            {
                Body = RestRequest.Bytes(body, "text/plain"),
                Headers = [("Accept", "application/json")],
            };
            var result = await container
                .AskJsonAsync(operation, string.Empty, string.Empty, request, cancellationToken)
                .ConfigureAwait(false);
            foreach (var (path, status) in Failed(result))
            {
                var plain = Uri.UnescapeDataString(path);
                errors.Add(Refused(operation, names.GetValueOrDefault(plain, plain), status));
            }

            if (
                errors.Count == 0
                && result.Text("Response Status") is { } whole
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
        foreach (var error in result.Items("Errors"))
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
