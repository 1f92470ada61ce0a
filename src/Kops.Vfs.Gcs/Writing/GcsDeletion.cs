using System.Net.Http;
using Kops.Vfs.Gcs.Objects;
using Kops.Vfs.Gcs.Transport;
using Kops.Vfs.Rest.Requests;

namespace Kops.Vfs.Gcs.Writing;

/// <summary>Deletes objects.</summary>
internal sealed class GcsDeletion(GcsBucket bucket)
{
    internal async ValueTask<WriteOutcome> DeleteAsync(string key, WriteCondition condition, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (GcsBucket.Validate(key) is not null)
            return WriteOutcome.Absent;
        if (condition.Kind is WriteConditionKind.IfMatch && !GcsUris.IsGeneration(condition.Version))
            return await FindAsync(key, cancellationToken).ConfigureAwait(false) is null ? WriteOutcome.Absent : WriteOutcome.Conflict;
        var request = new RestRequest(HttpMethod.Delete, bucket.Uris.Object(key, ("ifGenerationMatch", GcsUris.Match(condition))));
        using var answer = await bucket.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (answer.Response is not null)
            return WriteOutcome.Deleted;
        var failure = answer.Failure!;
        if (failure.IsAbsence)
        {
            await bucket.RequireAsync("delete", key, cancellationToken).ConfigureAwait(false);
            return answer.Lost is null ? WriteOutcome.Absent : WriteOutcome.Deleted;
        }

        if (!failure.IsRefusal)
            throw bucket.Errors.Wrap("delete", key, failure, "storage.objects.delete");
        // The condition does not hold where nothing is, too; and where nothing is, nothing is left to do.
        if (await FindAsync(key, cancellationToken).ConfigureAwait(false) is null)
            return answer.Lost is null ? WriteOutcome.Absent : WriteOutcome.Deleted;
        return answer.Lost is not null
            ? throw bucket.Failed("delete", key, condition, null, answer, string.Empty).Unknown()
            : WriteOutcome.Conflict;
    }

    /// <summary>Deletes one generation for good.</summary>
    internal async ValueTask DeleteGenerationAsync(string key, string generation, CancellationToken cancellationToken)
    {
        var request = new RestRequest(HttpMethod.Delete, bucket.Uris.Object(key, ("generation", generation)));
        using var answer = await bucket.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (answer.Failure is { IsAbsence: false } failure)
            throw bucket.Errors.Wrap("delete", key, failure, "storage.objects.delete");
    }

    private ValueTask<GcsObject?> FindAsync(string key, CancellationToken cancellationToken) =>
        bucket.FindAsync("delete", key, cancellationToken);
}
