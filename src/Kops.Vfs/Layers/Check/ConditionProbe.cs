using System.Security.Cryptography;
using Kops.Vfs.Drivers;

namespace Kops.Vfs.Layers.Check;

/// <summary>Tries on an object of its own whether a server honours the conditions that its driver promises.</summary>
internal static class ConditionProbe
{
    /// <returns>The condition that is ignored, in words; null when all hold.</returns>
    internal static async ValueTask<string?> RunAsync(IStoreDriver driver, string prefix, CancellationToken cancellationToken)
    {
        var key = $"{prefix}probe-{RandomNumberGenerator.GetHexString(16, lowercase: true)}";
        try
        {
            var first = await PutAsync("1"u8.ToArray(), WriteCondition.IfAbsent).ConfigureAwait(false);
            if (first.Version is not { } stale)
                return "conditions: it refuses to create what is not there";
            if (
                driver.Capabilities.ConditionalCreate
                && await PutAsync("2"u8.ToArray(), WriteCondition.IfAbsent).ConfigureAwait(false) is { Succeeded: true }
            )
                return "the condition that an object must not be there yet (If-None-Match)";
            if (driver.Capabilities.ConditionalReplace)
            {
                if (!(await PutAsync("3"u8.ToArray(), WriteCondition.IfMatch(stale)).ConfigureAwait(false)).Succeeded)
                    return "conditions: it refuses to replace the version that is there";
                if ((await PutAsync("4"u8.ToArray(), WriteCondition.IfMatch(stale)).ConfigureAwait(false)).Succeeded)
                    return "the condition that an object must still be the one that was read (If-Match)";
            }

            if (
                driver.Capabilities is { ConditionalReplace: true, ConditionalDelete: true }
                && await driver.DeleteAsync(key, WriteCondition.IfMatch(stale), cancellationToken).ConfigureAwait(false)
                    is { Succeeded: true }
            )
                return "the condition on a delete (If-Match)";
            if (
                driver.As<ICopySource>() is { } copier
                && await copier.CopyAsync(key, key, WriteCondition.IfAbsent, cancellationToken).ConfigureAwait(false) is { Succeeded: true }
            )
                return "the condition on a copy (If-None-Match)";
            return null;
        }
        finally
        {
            _ = await driver.DeleteAsync(key, WriteCondition.Any, CancellationToken.None).ConfigureAwait(false);
        }

        ValueTask<WriteOutcome> PutAsync(byte[] content, WriteCondition condition) =>
            driver.PutAsync(key, ObjectBody.FromBytes(content), condition, cancellationToken);
    }
}
