using Kops.Templates.Faults;
using Kops.Templates.Formatting;
using Kops.Templates.Lexing;
using Kops.Templates.Parsing.Nodes;

namespace Kops.Templates.Parsing;

/// <summary>Pipelines, commands and words.</summary>
internal sealed partial class Parser
{
    private const int MostVariables = 2;

    private PipeNode Pipeline(string context, TokenKind end)
    {
        var start = PeekWord().Start;
        var (names, isAssignment) = Variables(context);
        var pending = _pending;
        _pending = [.. pending, .. names];
        var commands = new List<CommandNode>();
        while (NextWord() is var token && token.Kind != end)
        {
            if (!StartsOperand(token.Kind))
                throw Unexpected(token, context);
            Back();
            commands.Add(Command());
        }

        _pending = pending;
        Check(commands, context);
        return new PipeNode(start, isAssignment, Declared(names, isAssignment), [.. commands]);
    }

    // Names that a pipeline declares, which it cannot use itself: Go finds that only when it executes.
    private List<Token> _pending = [];

    private (List<Token> Names, bool IsAssignment) Variables(string context)
    {
        var names = new List<Token>();
        while (PeekWord().Kind == TokenKind.Variable)
        {
            var start = _at;
            var name = NextWord();
            switch (PeekWord().Kind)
            {
                case TokenKind.Assign or TokenKind.Declare:
                    names.Add(name);
                    return (names, NextWord().Kind == TokenKind.Assign);
                case TokenKind.Comma:
                    NextWord();
                    names.Add(name);
                    if (context != "range" || names.Count >= MostVariables)
                        throw Error($"too many declarations in {context}");
                    if (PeekWord().Kind is not (TokenKind.Variable or TokenKind.RightDelimiter or TokenKind.RightParenthesis))
                        throw Error("range can only initialize variables");
                    break;
                default:
                    _at = start;
                    return names.Count == 0 ? (names, false) : throw Unexpected(NextWord(), context);
            }
        }

        return names.Count == 0 ? (names, false) : throw Error($"missing value for {context}");
    }

    private VariableNode[] Declared(List<Token> names, bool isAssignment) =>
        [
            .. names.Select(name => new VariableNode(
                name.Start,
                name.Text,
                isAssignment ? _scope.Find(name.Text) : _scope.Declare(name.Text),
                []
            )),
        ];

    private void Check(List<CommandNode> commands, string context)
    {
        if (commands.Count == 0)
            throw Error($"missing value for {context}");
        for (var i = 1; i < commands.Count; i++)
        {
            if (commands[i].Words[0].Kind is NodeKind.Bool or NodeKind.Dot or NodeKind.Nil or NodeKind.Number or NodeKind.String)
                throw Error($"non executable command in pipeline stage {i + 1}");
        }
    }

    private CommandNode Command()
    {
        var start = PeekWord().Start;
        var words = new List<Node>();
        while (true)
        {
            PeekWord();
            SkipSpace();
            if (Operand() is { } operand)
                words.Add(operand);
            var token = Next();
            if (token.Kind == TokenKind.Space)
                continue;
            if (token.Kind is TokenKind.RightDelimiter or TokenKind.RightParenthesis)
                Back();
            else if (token.Kind != TokenKind.Pipe)
                throw Unexpected(token, "operand");
            break;
        }

        return words.Count > 0 ? new CommandNode(start, [.. words]) : throw Error("empty command");
    }

    private Node? Operand()
    {
        var node = Term();
        if (node is null || Peek().Kind != TokenKind.Field)
            return node;
        var start = Peek().Start;
        var names = new List<string>();
        while (Peek().Kind == TokenKind.Field)
            names.Add(Next().Text[1..]);
        return node switch
        {
            FieldNode field => new FieldNode(start, [.. field.Names, .. names]),
            VariableNode variable => new VariableNode(start, variable.Name, variable.Slot, [.. variable.Names, .. names]),
            DotNode or NilNode or BoolNode or NumberNode or StringNode => throw Error(
                $"unexpected . after term {GoQuote.Quote(node.ToString())}"
            ),
            _ => new ChainNode(start, node, [.. names]),
        };
    }

    private Node? Term()
    {
        var token = NextWord();
        switch (token.Kind)
        {
            case TokenKind.Identifier:
                var function = _functions(token.Text) ?? throw Error($"function {GoQuote.Quote(token.Text)} not defined");
                return new FunctionNode(token.Start, token.Text, function);
            case TokenKind.Dot:
                return new DotNode(token.Start);
            case TokenKind.Nil:
                return new NilNode(token.Start);
            case TokenKind.Variable:
                return new VariableNode(token.Start, token.Text, Slot(token), []);
            case TokenKind.Field:
                return new FieldNode(token.Start, [token.Text[1..]]);
            case TokenKind.Bool:
                return new BoolNode(token.Start, token.Text == "true");
            case TokenKind.Character or TokenKind.Number:
                var (number, problem) = NumberParser.Parse(token.Text);
                return new NumberNode(token.Start, number ?? throw Error(problem!));
            case TokenKind.LeftParenthesis:
                using (Deeper())
                    return Pipeline("parenthesized pipeline", TokenKind.RightParenthesis);
            case TokenKind.String or TokenKind.RawString:
                return new StringNode(token.Start, token.Text, Unquote(token));
            default:
                Back();
                return null;
        }
    }

    private int Slot(Token variable)
    {
        var slot = _scope.Find(variable.Text);
        if (slot < 0 && !_pending.Exists(name => name.Text == variable.Text))
            throw Error($"undefined variable {GoQuote.Quote(variable.Text)}");
        return slot;
    }

    private static bool StartsOperand(TokenKind kind) =>
        kind
            is TokenKind.Bool
                or TokenKind.Character
                or TokenKind.Dot
                or TokenKind.Field
                or TokenKind.Identifier
                or TokenKind.Number
                or TokenKind.Nil
                or TokenKind.RawString
                or TokenKind.String
                or TokenKind.Variable
                or TokenKind.LeftParenthesis;

    // The last token is the end or an error: it stands for all behind it.
    private Token Peek() => _tokens[Math.Min(_at, _tokens.Count - 1)];

    private Token Next()
    {
        var token = Peek();
        _at++;
        return token;
    }

    private void Back() => _at--;

    private void SkipSpace()
    {
        while (Peek().Kind == TokenKind.Space)
            Next();
    }

    private Token NextWord()
    {
        SkipSpace();
        return Next();
    }

    private Token PeekWord()
    {
        SkipSpace();
        return Peek();
    }

    private void Expect(TokenKind kind, string context)
    {
        if (NextWord() is var token && token.Kind != kind)
            throw Unexpected(token, context);
    }

    private Token ExpectText(string context)
    {
        var token = NextWord();
        return token.Kind is TokenKind.String or TokenKind.RawString ? token : throw Unexpected(token, context);
    }

    private TemplateException Unexpected(Token token, string context)
    {
        if (token.Kind != TokenKind.Error)
            return Error($"unexpected {token} in {context}", token);
        var start = _actionLine != 0 && _actionLine != token.Line ? $" in action started at {_name}:{_actionLine}" : string.Empty;
        if (start.Length > 0 && token.Text.EndsWith(" action", StringComparison.Ordinal))
            start = start[" in action".Length..];
        return Error(token.Text + start, token);
    }

    private TemplateException Error(string problem) => Error(problem, _tokens[Math.Clamp(_at - 1, 0, _tokens.Count - 1)]);

    private TemplateException Error(string problem, Token token)
    {
        var (_, column) = TemplateTree.Locate(_text, token.Start);
        return new TemplateException($"template: {_name}:{token.Line}: {problem}", _name, token.Line, column, string.Empty);
    }
}
