using System.Text;

namespace Kops.Operations.Addons;

/// <summary>
/// Remembers what each source of addons was when it was first used, in a file of the user's: a line for each, with its SHA-256 and its
/// name.
/// </summary>
/// <param name="file">The file; it is made with its folder when it is needed.</param>
public sealed class SourcePins(string file)
{
    /// <summary>Checks that a source is what it was, and remembers one that is new.</summary>
    /// <returns>Whether it is new.</returns>
    /// <exception cref="OperationException">It was another one before.</exception>
    public bool Check(string name, string sha256)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(sha256);
        try
        {
            if (Find(name) is not { } known)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
                File.AppendAllText(file, $"{sha256} {name}\n", new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
                return true;
            }

            return known == sha256
                ? false
                : throw OperationException.Failed(
                    $"{name} has changed: it was {known} (SHA-256) when it was first used, and is {sha256} now; "
                        + $"where that is meant, take its line out of {file}"
                );
        }
        catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException)
        {
            throw OperationException.Failed($"{file}: {unusable.Message}; it says which source of addons was used before", unusable);
        }
    }

    private string? Find(string name) =>
        File.Exists(file)
            ? File.ReadLines(file)
                .Where(line => line.Length > 65 && line[64] == ' ' && line[65..] == name)
                .Select(line => line[..64])
                .LastOrDefault()
            : null;
}
