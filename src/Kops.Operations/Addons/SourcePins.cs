using System.Text;

namespace Kops.Operations.Addons;

/// <summary>
/// Remembers what each source of addons was when it was first used: a small file for each, in a folder of the user's. Of processes that
/// first use one at the same time, one remembers it, and the others compare with that.
/// </summary>
/// <param name="folder">The folder; it is made when it is needed.</param>
public sealed class SourcePins(string folder)
{
    /// <summary>What a source was; null for one that was never used.</summary>
    /// <exception cref="OperationException">That cannot be told.</exception>
    public SourcePin? Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var file = FileOf(name);
        try
        {
            if (!File.Exists(file))
                return null;
            return SourcePin.Read(File.ReadAllText(file)) is { } pin && pin.Name == name
                ? pin
                : throw OperationException.Failed(
                    $"{file}: does not say what the source of addons {name} was when it was first used; where you trust what it is now, "
                        + "remove the file"
                );
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw OperationException.Failed(
                $"{file}: {unreadable.Message}; it says what the source of addons {name} was when it was first used",
                unreadable
            );
        }
    }

    /// <summary>Checks that a source is what it was, and remembers one that is new.</summary>
    /// <param name="source">The source as it was read.</param>
    /// <param name="accepted">The SHA-256 that the user says it has, whatever it was before; null for none.</param>
    /// <returns>Whether it is remembered from now on: a new one, or one that is another now, as the user says.</returns>
    /// <exception cref="OperationException">It was another one before, or is not what the user says.</exception>
    /// <exception cref="IOException">It cannot be remembered.</exception>
    /// <exception cref="UnauthorizedAccessException">It cannot be remembered.</exception>
    public bool Check(UserSource source, string? accepted = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        CheckAccepted(source, accepted);
        if (Find(source.Name)?.Sha256 == source.Sha256)
            return false;
        using var turn = FolderLock.Take(folder);
        var known = Find(source.Name);
        if (known?.Sha256 == source.Sha256)
            return false;
        if (known is not null && accepted is null)
            throw OperationException.Failed(
                $"{source.Name} has changed: it was {known.Sha256} (SHA-256) when it was first used, and is {source.Sha256} now; "
                    + $"--addons-sha256 {source.Sha256} accepts it"
            );
        WholeFile.Write(FileOf(source.Name), Encoding.UTF8.GetBytes(SourcePin.Of(source).ToText()));
        return true;
    }

    /// <summary>Checks that a source is what its user says, if anything.</summary>
    internal static void CheckAccepted(UserSource source, string? accepted)
    {
        if (accepted is not null && accepted != source.Sha256)
            throw OperationException.Failed($"{source.Name} has the SHA-256 {source.Sha256}, and not {accepted}, which is asked for");
    }

    private string FileOf(string name) => Path.Combine(folder, UserSource.HashOf(Encoding.UTF8.GetBytes(name))[..32]);
}
