using System.Buffers;
using System.Globalization;
using System.Text;
using Kops.Templates.Formatting;

namespace Kops.Templates.Lexing;

/// <summary>
/// Cuts a template into tokens, as Go's does: trim markers, comments, and the places where an error is found. The first error ends
/// the list; a parser reaches it only where all before it is right.
/// </summary>
internal sealed class Lexer
{
    private const string CommentStart = "/*";
    private const string CommentEnd = "*/";
    private const int TrimMarker = 2;
    private static readonly SearchValues<char> Blanks = SearchValues.Create(" \t\r\n");

    private readonly string _text;
    private readonly Delimiters _delimiters;
    private readonly Func<string, bool> _isFunction;
    private readonly List<Token> _tokens = [];
    private int _at;
    private int _start;
    private int _line = 1;
    private int _counted;
    private int _parentheses;

    private Lexer(string text, Delimiters delimiters, Func<string, bool> isFunction) =>
        (_text, _delimiters, _isFunction) = (text, delimiters, isFunction);

    /// <summary>The tokens of a text; the last one is the end or an error.</summary>
    /// <param name="text">The template.</param>
    /// <param name="delimiters">What opens and closes an action.</param>
    /// <param name="isFunction">Whether a name is a function: <c>break</c> and <c>continue</c> are keywords only where they are
    /// not.</param>
    public static List<Token> Read(string text, Delimiters delimiters, Func<string, bool> isFunction)
    {
        var lexer = new Lexer(text, delimiters, isFunction);
        while (lexer.PlainText() && lexer.Action()) { }
        return lexer._tokens;
    }

    private ReadOnlySpan<char> Rest => _text.AsSpan(_at);

    private char Current => _at < _text.Length ? _text[_at] : '\0';

    // Text up to the next action; false at the end.
    private bool PlainText()
    {
        var length = Rest.IndexOf(_delimiters.Left, StringComparison.Ordinal);
        var text = length < 0 ? Rest : Rest[..length];
        if (length >= 0 && HasLeftTrim(Rest[(length + _delimiters.Left.Length)..]))
            text = text[..(text.LastIndexOfAnyExcept(Blanks) + 1)];
        if (text.Length > 0)
        {
            _at += text.Length;
            Emit(TokenKind.Text);
        }

        _at = length < 0 ? _text.Length : _start - text.Length + length;
        _start = _at;
        if (length >= 0)
            return true;
        Emit(TokenKind.End);
        return false;
    }

    // An action with its delimiters, or a comment; false at an error.
    private bool Action()
    {
        var afterDelimiter = Rest[_delimiters.Left.Length..];
        var trim = HasLeftTrim(afterDelimiter) ? TrimMarker : 0;
        if (afterDelimiter[trim..].StartsWith(CommentStart, StringComparison.Ordinal))
            return Comment(_delimiters.Left.Length + trim);

        _at += _delimiters.Left.Length;
        Emit(TokenKind.LeftDelimiter);
        Skip(trim);
        _parentheses = 0;
        while (true)
        {
            if (AtRightDelimiter(out var isTrimmed))
                return _parentheses == 0 ? RightDelimiter(isTrimmed) : Fail("unclosed left paren");
            if (_at >= _text.Length)
                return Fail("unclosed action");
            if (!Inside())
                return false;
        }
    }

    private bool Comment(int opening)
    {
        Skip(opening);
        var length = Rest[CommentStart.Length..].IndexOf(CommentEnd, StringComparison.Ordinal);
        if (length < 0)
            return Fail("unclosed comment");
        _at += CommentStart.Length + length + CommentEnd.Length;
        if (!AtRightDelimiter(out var isTrimmed))
            return Fail("comment ends before closing delimiter");
        Skip(0);
        Close(isTrimmed, isShown: false);
        return true;
    }

    private bool RightDelimiter(bool isTrimmed)
    {
        Close(isTrimmed, isShown: true);
        return true;
    }

    private void Close(bool isTrimmed, bool isShown)
    {
        if (isTrimmed)
            Skip(TrimMarker);
        _at += _delimiters.Right.Length;
        if (isShown)
            Emit(TokenKind.RightDelimiter);
        else
            Skip(0);
        if (!isTrimmed)
            return;
        var text = Rest.IndexOfAnyExcept(Blanks);
        Skip(text < 0 ? Rest.Length : text);
    }

    private bool Inside()
    {
        var first = Current;
        switch (first)
        {
            case ' ' or '\t' or '\r' or '\n':
                return Space();
            case '=':
                return Single(TokenKind.Assign);
            case '|':
                return Single(TokenKind.Pipe);
            case ',':
                return Single(TokenKind.Comma);
            case ':':
                _at++;
                if (Current != '=')
                    return Fail("expected :=");
                return Single(TokenKind.Declare);
            case '"':
                return Quoted('"', TokenKind.String, "unterminated quoted string");
            case '\'':
                return Quoted('\'', TokenKind.Character, "unterminated character constant");
            case '`':
                return RawString();
            case '(':
                _parentheses++;
                return Single(TokenKind.LeftParenthesis);
            case ')':
                return --_parentheses < 0 ? FailAfter("unexpected right paren") : Single(TokenKind.RightParenthesis);
            case '$':
                return Name(TokenKind.Variable);
            case '.' when !char.IsAsciiDigit(Peek(1)):
                return Name(TokenKind.Field);
            case '.' or '+' or '-' or (>= '0' and <= '9'):
                return Number();
            default:
                if (IsAlphanumeric(first))
                    return Identifier();
                return first is > ' ' and < '\x7F'
                    ? Single(TokenKind.OtherCharacter)
                    : Fail($"unrecognized character in action: {Shown()}");
        }
    }

    private bool Space()
    {
        while (Blanks.Contains(Current) && _at < _text.Length)
        {
            // The blank before a trim marker belongs to the delimiter.
            if (AtRightDelimiter(out _))
                break;
            _at++;
        }

        if (_at > _start)
            Emit(TokenKind.Space);
        return true;
    }

    private bool Single(TokenKind kind)
    {
        _at++;
        Emit(kind);
        return true;
    }

    private bool Quoted(char quote, TokenKind kind, string problem)
    {
        for (_at++; _at < _text.Length && Current != '\n'; _at++)
        {
            if (Current == '\\' && Peek(1) is not ('\n' or '\0'))
                _at++;
            else if (Current == quote)
                return Single(kind);
        }

        return Fail(problem);
    }

    private bool RawString()
    {
        var length = Rest[1..].IndexOf('`');
        if (length < 0)
            return Fail("unterminated raw quoted string");
        _at += length + 1;
        return Single(TokenKind.RawString);
    }

    // .name and $name; . and $ alone.
    private bool Name(TokenKind kind)
    {
        _at++;
        if (AtTerminator())
        {
            Emit(kind == TokenKind.Variable ? kind : TokenKind.Dot);
            return true;
        }

        while (IsAlphanumeric(Current))
            _at++;
        if (!AtTerminator())
            return Fail($"bad character {Shown()}");
        Emit(kind);
        return true;
    }

    private bool Identifier()
    {
        while (IsAlphanumeric(Current))
            _at++;
        if (!AtTerminator())
            return Fail($"bad character {Shown()}");
        var kind = _text.AsSpan(_start, _at - _start) switch
        {
            "true" or "false" => TokenKind.Bool,
            "nil" => TokenKind.Nil,
            "block" => TokenKind.Block,
            "break" when !_isFunction("break") => TokenKind.Break,
            "continue" when !_isFunction("continue") => TokenKind.Continue,
            "define" => TokenKind.Define,
            "else" => TokenKind.Else,
            "end" => TokenKind.EndKeyword,
            "if" => TokenKind.If,
            "range" => TokenKind.Range,
            "template" => TokenKind.Template,
            "with" => TokenKind.With,
            _ => TokenKind.Identifier,
        };
        Emit(kind);
        return true;
    }

    private bool Number()
    {
        var isRight = ScanNumber();
        if (isRight && Current is '+' or '-')
        {
            // What follows would be the imaginary part.
            ScanNumber();
            isRight = false;
        }

        if (!isRight && IsAlphanumeric(Current))
            _at++;
        var text = _text[_start.._at];
        if (text.EndsWith('i') && text.AsSpan().IndexOfAnyInRange('0', '9') >= 0)
            return Fail($"complex numbers are not supported: {GoQuote.Quote(text)}");
        if (!isRight)
            return Fail($"bad number syntax: {GoQuote.Quote(text)}");
        Emit(TokenKind.Number);
        return true;
    }

    private bool ScanNumber()
    {
        if (Current is '+' or '-')
            _at++;
        var digits = "0123456789_";
        var isHex = false;
        if (Current == '0' && Peek(1) is 'x' or 'X' or 'o' or 'O' or 'b' or 'B')
        {
            isHex = Peek(1) is 'x' or 'X';
            digits =
                isHex ? "0123456789abcdefABCDEF_"
                : Peek(1) is 'o' or 'O' ? "01234567_"
                : "01_";
            _at += 2;
        }

        Accept(digits);
        if (Current == '.')
        {
            _at++;
            Accept(digits);
        }

        if (isHex ? Current is 'p' or 'P' : digits.Length == 11 && Current is 'e' or 'E')
        {
            _at++;
            if (Current is '+' or '-')
                _at++;
            Accept("0123456789_");
        }

        return !IsAlphanumeric(Current);
    }

    private void Accept(string characters)
    {
        while (_at < _text.Length && characters.Contains(Current, StringComparison.Ordinal))
            _at++;
    }

    private char Peek(int ahead) => _at + ahead < _text.Length ? _text[_at + ahead] : '\0';

    private bool AtTerminator() =>
        _at >= _text.Length
        || Current is ' ' or '\t' or '\r' or '\n' or '.' or ',' or '|' or ':' or ')' or '('
        || Rest.StartsWith(_delimiters.Right, StringComparison.Ordinal);

    private bool AtRightDelimiter(out bool isTrimmed)
    {
        var rest = Rest;
        isTrimmed =
            rest.Length >= TrimMarker
            && Blanks.Contains(rest[0])
            && rest[1] == '-'
            && rest[TrimMarker..].StartsWith(_delimiters.Right, StringComparison.Ordinal);
        return isTrimmed || rest.StartsWith(_delimiters.Right, StringComparison.Ordinal);
    }

    private static bool HasLeftTrim(ReadOnlySpan<char> rest) => rest.Length >= TrimMarker && rest[0] == '-' && Blanks.Contains(rest[1]);

    private static bool IsAlphanumeric(char unit) => unit == '_' || char.IsLetter(unit) || char.IsDigit(unit);

    private void Emit(TokenKind kind)
    {
        CountLines();
        _tokens.Add(new Token(kind, Cut(kind), _start, _line));
        _start = _at;
    }

    private string Cut(TokenKind kind) =>
        kind switch
        {
            TokenKind.LeftDelimiter => _delimiters.Left,
            TokenKind.RightDelimiter => _delimiters.Right,
            TokenKind.Dot => ".",
            TokenKind.Space when _at - _start == 1 && _text[_start] == ' ' => " ",
            _ => _text[_start.._at],
        };

    private void Skip(int count)
    {
        _at += count;
        _start = _at;
    }

    private bool FailAfter(string problem)
    {
        _at++;
        return Fail(problem);
    }

    private bool Fail(string problem)
    {
        CountLines();
        _tokens.Add(new Token(TokenKind.Error, problem, _start, _line));
        return false;
    }

    // The line of a token is the one where it starts.
    private void CountLines()
    {
        _line += _text.AsSpan(_counted, _start - _counted).Count('\n');
        _counted = _start;
    }

    private string Shown()
    {
        if (_at >= _text.Length)
            return "U+0000";
        Rune.DecodeFromUtf16(Rest, out var rune, out _);
        var code = "U+" + rune.Value.ToString("X4", CultureInfo.InvariantCulture);
        return GoQuote.IsPrintable(rune) ? $"{code} '{rune}'" : code;
    }
}
