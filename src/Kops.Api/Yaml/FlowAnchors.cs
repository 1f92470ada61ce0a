using YamlDotNet.Core;
using YamlDotNet.Core.Tokens;

namespace Kops.Api.Yaml;

/// <summary>
/// Takes the anchors of scalars out of flow collections and keeps them aside: the library's parser does not understand
/// <c>{a: &amp;n x, b: z}</c>, which go-yaml takes.
/// </summary>
internal sealed class FlowAnchors(Scanner scanner) : IScanner
{
    private readonly Queue<Token> _ahead = new();
    private readonly Dictionary<long, string> _names = [];
    private int _depth;

    public Mark CurrentPosition => scanner.CurrentPosition;

    public Token? Current { get; private set; }

    /// <summary>The anchor of a scalar that starts there; null when it has none, or the parser knows it.</summary>
    public string? NameAt(Mark start) => _names.GetValueOrDefault(start.Index);

    public bool MoveNext()
    {
        if (Current is not null)
            ConsumeCurrent();
        return MoveNextWithoutConsuming();
    }

    public bool MoveNextWithoutConsuming()
    {
        if (_ahead.Count == 0)
            Fetch();
        Current = _ahead.TryDequeue(out var next) ? next : null;
        return Current is not null;
    }

    public void ConsumeCurrent() => Current = null;

    private void Fetch()
    {
        if (Read() is not { } token)
            return;
        if (_depth == 0 || token is not Anchor anchor)
        {
            _ahead.Enqueue(token);
            return;
        }

        var next = Read();
        var tag = next as Tag;
        var value = tag is null ? next : Read();
        if (value is Scalar)
            _names[(tag ?? value).Start.Index] = anchor.Value.Value;
        else
            _ahead.Enqueue(anchor);
        foreach (var read in new[] { tag, value }.OfType<Token>())
            _ahead.Enqueue(read);
    }

    private Token? Read()
    {
        if (!scanner.MoveNext())
            return null;
        _depth += scanner.Current switch
        {
            FlowMappingStart or FlowSequenceStart => 1,
            FlowMappingEnd or FlowSequenceEnd => -1,
            _ => 0,
        };
        return scanner.Current;
    }
}
