using Kops.Api.Documents;

namespace Kops.Api.Yaml;

/// <summary>
/// What one text may ask of us: it is handed in by a user or lies in a store, and may be hostile. Every reader counts here, so that
/// neither nesting nor aliases can take the stack or the memory.
/// </summary>
internal sealed class ReadLimits(string source)
{
    /// <summary>Nesting is walked by recursion, here and in all who use a tree.</summary>
    public const int Depth = 256;

    /// <summary>Values in one text, those included that aliases repeat: about 100 MB.</summary>
    public const int Values = 1_000_000;

    // A message names what was found, which can be megabytes.
    private const int LongestMessage = 300;

    // A value that an alias repeats shares its text, but all are written out one day.
    private const int TextOfOneValue = 64;
    private int _values;

    /// <summary>Counts a value.</summary>
    public void Count(int depth, SourcePosition position)
    {
        if (depth > Depth)
            throw Refuse($"nested more than {Depth} levels deep", position);
        if (++_values > Values)
            throw TooMany(position);
    }

    /// <summary>What was counted so far, for a reader that may have to begin again.</summary>
    public int Mark() => _values;

    /// <summary>Forgets what was counted since.</summary>
    public void Rewind(int mark) => _values = mark;

    /// <summary>Counts a copy of a tree.</summary>
    public void CountCopy(Node node, int depth, SourcePosition position)
    {
        Count(depth, position);
        switch (node)
        {
            case ScalarNode scalar:
                _values += scalar.Text.Length / TextOfOneValue;
                if (_values > Values)
                    throw TooMany(position);
                break;
            case SequenceNode sequence:
                foreach (var item in sequence)
                    CountCopy(item, depth + 1, position);
                break;
            case MappingNode mapping:
                foreach (var field in mapping.Fields)
                    CountCopy(field.Value, depth + 1, position);
                break;
        }
    }

    /// <summary>The text is not what it should be.</summary>
    public InvalidObjectException Refuse(string message, SourcePosition? position) =>
        new(source, [new(string.Empty, message.Length <= LongestMessage ? message : message[..LongestMessage] + "...", position)]);

    private InvalidObjectException TooMany(SourcePosition position) =>
        Refuse($"more than {Values} values, counting what aliases repeat; split the file, or write fewer aliases", position);
}
