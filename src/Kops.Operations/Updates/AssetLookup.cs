using System.Text;
using Kops.Build.Assets;

namespace Kops.Operations.Updates;

/// <summary>Asks for the hashes of files that the program does not know: each lies beside its file.</summary>
internal static class AssetLookup
{
    private const int Length = 64;

    // As kOps tries them.
    private static readonly string[] Endings = [".sha256", ".sha256sum"];

    /// <summary>The SHA-256 of each file, by its address.</summary>
    /// <exception cref="OperationException">One cannot be had.</exception>
    public static async Task<IReadOnlyDictionary<string, string>> FindAsync(
        CloudKnowledge knowledge,
        IReadOnlyList<AssetQuestion> questions,
        CancellationToken cancellationToken
    )
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var question in questions)
            found[question.Canonical] = await FindAsync(knowledge, question, cancellationToken).ConfigureAwait(false);
        return found;
    }

    private static async Task<string> FindAsync(CloudKnowledge knowledge, AssetQuestion question, CancellationToken cancellationToken)
    {
        Exception? last = null;
        foreach (var address in question.Places.SelectMany(place => Endings.Select(ending => place + ending)))
        {
            if (knowledge.ReadFile is null)
                break;
            try
            {
                var text = Encoding.UTF8.GetString((await knowledge.ReadFile(address, cancellationToken).ConfigureAwait(false)).Span);
                if (text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) is [var hash, ..] && IsHash(hash))
                    return hash;
            }
#pragma warning disable CA1031 // Whatever keeps one address from being read: the next is tried, and the last failure told.
            catch (Exception failure) when (failure is not OperationCanceledException)
#pragma warning restore CA1031
            {
                last = failure;
            }
        }

        throw OperationException.Failed(
            $"the SHA-256 of {question.Canonical} is not known here, and {question.Places[0]}{Endings[0]} cannot be read"
                + (last is null ? string.Empty : $" ({last.Message})")
                + $": {Cure(question.Canonical)}",
            last
        );
    }

    private static bool IsHash(string text) => text.Length == Length && text.All(char.IsAsciiHexDigit);

    // Where it could stand instead.
    private static string Cure(string address) =>
        address.Contains("/containerd-", StringComparison.Ordinal)
            ? "set spec.containerd.packages with its address and hash, or a version that is known"
        : address.Contains("/runc.", StringComparison.Ordinal)
            ? "set spec.containerd.runc.packages with its address and hash, or a version that is known"
        : address.EndsWith("/nodeup", StringComparison.Ordinal)
            ? "go on where the internet can be reached, or name a place that has this release in KOPS_BASE_URL"
        : address.Contains("cni-plugins", StringComparison.Ordinal) ? "set CNI_VERSION_URL and CNI_ASSET_HASH_STRING"
        : "go on where the internet can be reached, name a mirror that has it in spec.assets.fileRepository, or use a Kubernetes version "
            + "that is known";
}
