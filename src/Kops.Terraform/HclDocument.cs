using System.Text;
using Kops.Resources.Values;

namespace Kops.Terraform;

/// <summary>
/// Writes blocks as kOps does: attributes by name, equals signs below each other as long as nothing that takes several lines comes in
/// between, an empty line after each outer block.
/// </summary>
internal sealed class HclDocument(Literals literals)
{
    private const int Step = 2;
    private readonly StringBuilder _text = new();

    /// <summary>Adds an outer block.</summary>
    public void Add(string header, IReadOnlyDictionary<string, Value> attributes)
    {
        Separate();
        Write(header, attributes, 0);
    }

    /// <summary>Adds an outer block that is written already.</summary>
    public void Add(string block)
    {
        Separate();
        _text.Append(block);
    }

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();

    private void Separate()
    {
        if (_text.Length > 0)
            _text.Append('\n');
    }

    private void Write(string header, IReadOnlyDictionary<string, Value> attributes, int indent)
    {
        Line(indent, header + " {");
        var run = new List<(string Name, string Value)>();
        foreach (var (name, value) in attributes.OrderBy(attribute => attribute.Key, StringComparer.Ordinal))
        {
            if (value is not (Block or MapValue or ListValue { Items: [Block, ..] }))
            {
                run.Add((name, literals.Of(value)));
                continue;
            }

            Flush(run, indent + Step);
            foreach (var item in value is ListValue list ? list.Items : [value])
            {
                if (item is Block block)
                    Write(name, block, indent + Step);
                else
                    Write(name, (MapValue)item, indent + Step);
            }
        }

        Flush(run, indent + Step);
        Line(indent, "}");
    }

    private void Write(string name, MapValue map, int indent)
    {
        Line(indent, name + " = {");
        var entries = map
            .Entries.OrderBy(entry => entry.Key, StringComparer.Ordinal)
            .Select(entry => (HclText.Quote(entry.Key), literals.Of(entry.Value)));
        Flush([.. entries], indent + Step);
        Line(indent, "}");
    }

    private void Flush(List<(string Name, string Value)> run, int indent)
    {
        var width = run.Select(line => line.Name.Length).DefaultIfEmpty().Max();
        foreach (var (name, value) in run)
            Line(indent, $"{name.PadRight(width)} = {value}");
        run.Clear();
    }

    private void Line(int indent, string line) => _text.Append(' ', indent).Append(line).Append('\n');
}
