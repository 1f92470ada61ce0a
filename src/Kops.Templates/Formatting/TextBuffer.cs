using System.Globalization;
using System.Text;
using Kops.Templates.Faults;

namespace Kops.Templates.Formatting;

/// <summary>Text that grows up to a limit, and no further.</summary>
/// <param name="limit">The most characters that it may have.</param>
internal sealed class TextBuffer(int limit)
{
    private const int FirstSize = 256;
    private char[] _chars = new char[Math.Min(FirstSize, Math.Max(limit, 1))];
    private int _length;

    /// <summary>The most characters that it may have.</summary>
    public int Limit => limit;

    public int Length => _length;

    public ReadOnlySpan<char> Text => _chars.AsSpan(0, _length);

    public void Append(char value)
    {
        if (_length == _chars.Length)
            Grow(1);
        _chars[_length++] = value;
    }

    public void Append(string value) => Append(value.AsSpan());

    public void Append(ReadOnlySpan<char> value)
    {
        if (value.Length > _chars.Length - _length)
            Grow(value.Length);
        value.CopyTo(_chars.AsSpan(_length));
        _length += value.Length;
    }

    public void Append(Rune value)
    {
        Span<char> units = stackalloc char[2];
        Append(units[..value.EncodeToUtf16(units)]);
    }

    public void Append(char value, long count)
    {
        if (count <= 0)
            return;
        if (count > _chars.Length - _length)
            Grow(count);
        _chars.AsSpan(_length, (int)count).Fill(value);
        _length += (int)count;
    }

    public void Append(long value)
    {
        Span<char> digits = stackalloc char[20];
        value.TryFormat(digits, out var written, default, CultureInfo.InvariantCulture);
        Append(digits[..written]);
    }

    public void Append(ulong value)
    {
        Span<char> digits = stackalloc char[20];
        value.TryFormat(digits, out var written, default, CultureInfo.InvariantCulture);
        Append(digits[..written]);
    }

    /// <summary>Takes back what was written after a length.</summary>
    public void Cut(int length) => _length = length;

    public override string ToString() => new(_chars, 0, _length);

    private void Grow(long more)
    {
        if (more > limit - _length)
            throw new FunctionException($"text is longer than {limit} characters");
        Array.Resize(ref _chars, (int)Math.Min(limit, Math.Max(_length + more, 2L * _chars.Length)));
    }
}
