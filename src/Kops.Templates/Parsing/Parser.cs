using System.Runtime.CompilerServices;
using Kops.Templates.Faults;
using Kops.Templates.Formatting;
using Kops.Templates.Lexing;
using Kops.Templates.Parsing.Nodes;
using Kops.Templates.Values;

namespace Kops.Templates.Parsing;

/// <summary>Makes trees of a template's tokens: one for the text itself, one for each definition in it.</summary>
internal sealed partial class Parser
{
    /// <summary>How deep blocks and parentheses may lie within each other.</summary>
    private const int Deepest = 500;

    private const string RootVariable = "$";

    private readonly string _name;
    private readonly string _text;
    private readonly Delimiters _delimiters;
    private readonly Func<string, TemplateFunction?> _functions;
    private readonly List<Token> _tokens;
    private readonly Dictionary<string, TemplateTree> _trees = new(StringComparer.Ordinal);
    private int _at;
    private int _depth;
    private int _actionLine;
    private Scope _scope = new();

    private Parser(string name, string text, Delimiters delimiters, Func<string, TemplateFunction?> functions)
    {
        (_name, _text, _delimiters, _functions) = (name, text, delimiters, functions);
        _tokens = Lexer.Read(text, delimiters, function => functions(function) is not null);
    }

    /// <summary>Parses a text.</summary>
    /// <returns>The trees by their names; the text itself has the given name.</returns>
    /// <exception cref="TemplateException">The text is no template.</exception>
    public static IReadOnlyDictionary<string, TemplateTree> Parse(
        string name,
        string text,
        Delimiters delimiters,
        Func<string, TemplateFunction?> functions
    )
    {
        var parser = new Parser(name, text, delimiters, functions);
        parser.Root();
        return parser._trees;
    }

    private void Root()
    {
        var root = new ListNode(0);
        while (Peek().Kind != TokenKind.End)
        {
            if (AtDefinition())
                Definition();
            else if (TextOrAction(root) is { } closing)
                throw Error($"unexpected {Shown(closing)}");
        }

        Add(_name, root);
    }

    private bool AtDefinition()
    {
        if (Peek().Kind != TokenKind.LeftDelimiter)
            return false;
        var start = _at;
        Next();
        if (NextWord().Kind == TokenKind.Define)
            return true;
        _at = start;
        return false;
    }

    private void Definition()
    {
        const string context = "define clause";
        var name = Unquote(ExpectText(context));
        Expect(TokenKind.RightDelimiter, context);
        Separately(
            name,
            () =>
            {
                var list = new ListNode(Peek().Start);
                if (ItemList(list) is { IsElse: true } closing)
                    throw Error($"unexpected {Shown(closing)} in {context}");
                return list;
            }
        );
    }

    // A definition has variables of its own.
    private void Separately(string name, Func<ListNode> parse)
    {
        var outer = _scope;
        _scope = new Scope();
        Add(name, parse());
        _scope = outer;
    }

    private void Add(string name, ListNode root)
    {
        var tree = new TemplateTree(name, _name, _text, root, _scope.SlotCount, _delimiters);
        if (_trees.TryGetValue(name, out var known) && !known.Root.IsBlank())
        {
            if (!root.IsBlank())
                throw Error($"template: multiple definition of template {GoQuote.Quote(name)}");
            return;
        }

        _trees[name] = tree;
    }

    // Adds nodes up to {{end}} or {{else}}, and gives that.
    private Closing ItemList(ListNode list)
    {
        while (Peek().Kind != TokenKind.End)
        {
            if (TextOrAction(list) is { } closing)
                return closing;
        }

        throw Error("unexpected EOF");
    }

    private Closing? TextOrAction(ListNode list)
    {
        var token = NextWord();
        switch (token.Kind)
        {
            case TokenKind.Text:
                list.Add(new TextNode(token.Text, token.Start));
                return null;
            case TokenKind.LeftDelimiter:
                _actionLine = token.Line;
                var closing = Action(list);
                _actionLine = 0;
                return closing;
            default:
                throw Unexpected(token, "input");
        }
    }

    private Closing? Action(ListNode list)
    {
        var token = NextWord();
        switch (token.Kind)
        {
            case TokenKind.Block:
                list.Add(Block());
                return null;
            case TokenKind.Break:
                list.Add(Jump(NodeKind.Break, token));
                return null;
            case TokenKind.Continue:
                list.Add(Jump(NodeKind.Continue, token));
                return null;
            case TokenKind.Else:
                return Else();
            case TokenKind.EndKeyword:
                Expect(TokenKind.RightDelimiter, "end");
                return new Closing(IsElse: false);
            case TokenKind.If:
                list.Add(Control(NodeKind.If, "if"));
                return null;
            case TokenKind.Range:
                list.Add(Control(NodeKind.Range, "range"));
                return null;
            case TokenKind.With:
                list.Add(Control(NodeKind.With, "with"));
                return null;
            case TokenKind.Template:
                list.Add(Template());
                return null;
        }

        Back();
        var start = Peek().Start;
        list.Add(new ActionNode(Pipeline("command", TokenKind.RightDelimiter), start));
        return null;
    }

    private Closing Else()
    {
        // {{else if}} is read as {{else}}{{if}}, and closed by the same {{end}}.
        if (PeekWord().Kind is TokenKind.If or TokenKind.With)
            return new Closing(IsElse: true);
        Expect(TokenKind.RightDelimiter, "else");
        return new Closing(IsElse: true);
    }

    private BranchNode Control(NodeKind kind, string context)
    {
        using var _ = Deeper();
        var outer = _scope.Mark();
        var pipe = Pipeline(context, TokenKind.RightDelimiter);
        var inner = _scope.Mark();
        if (kind == NodeKind.Range)
            _scope.RangeDepth++;
        var list = new ListNode(Peek().Start);
        var closing = ItemList(list);
        if (kind == NodeKind.Range)
            _scope.RangeDepth--;
        _scope.Reset(inner);
        var elseList = closing.IsElse ? ElseList(kind, context) : null;
        _scope.Reset(outer);
        return new BranchNode(kind, pipe, list, elseList);
    }

    private ListNode ElseList(NodeKind kind, string context)
    {
        var list = new ListNode(Peek().Start);
        var same = kind == NodeKind.If ? TokenKind.If : TokenKind.With;
        if (kind != NodeKind.Range && PeekWord().Kind == same)
        {
            NextWord();
            list.Add(Control(kind, context));
            return list;
        }

        if (ItemList(list) is { IsElse: true } closing)
            throw Error($"expected end; found {Shown(closing)}");
        return list;
    }

    private JumpNode Jump(NodeKind kind, Token word)
    {
        var context = $"{{{{{word.Text}}}}}";
        if (NextWord() is { Kind: not TokenKind.RightDelimiter } token)
            throw Unexpected(token, context);
        if (_scope.RangeDepth == 0)
            throw Error($"{context} outside {{{{range}}}}");
        return new JumpNode(kind, word.Start);
    }

    private TemplateNode Template()
    {
        const string context = "template clause";
        var token = ExpectText(context);
        var name = Unquote(token);
        PipeNode? pipe = null;
        if (NextWord().Kind != TokenKind.RightDelimiter)
        {
            Back();
            pipe = Pipeline(context, TokenKind.RightDelimiter);
        }

        return new TemplateNode(token.Start, name, pipe);
    }

    private TemplateNode Block()
    {
        const string context = "block clause";
        using var _ = Deeper();
        var token = ExpectText(context);
        var name = Unquote(token);
        var pipe = Pipeline(context, TokenKind.RightDelimiter);
        Separately(
            name,
            () =>
            {
                var list = new ListNode(Peek().Start);
                if (ItemList(list) is { IsElse: true } closing)
                    throw Error($"unexpected {Shown(closing)} in {context}");
                return list;
            }
        );
        return new TemplateNode(token.Start, name, pipe);
    }

    private string Unquote(Token token) => GoUnquote.Text(token.Text) ?? throw Error("invalid syntax");

    private Depth Deeper()
    {
        if (_depth >= Deepest || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
            throw Error($"blocks and parentheses are nested more than {Deepest} levels deep");
        return new Depth(this);
    }

    private static string Shown(Closing closing) => closing.IsElse ? "{{else}}" : "{{end}}";

    private readonly record struct Closing(bool IsElse);

    private readonly ref struct Depth
    {
        private readonly Parser _parser;

        public Depth(Parser parser)
        {
            _parser = parser;
            _parser._depth++;
        }

        public void Dispose() => _parser._depth--;
    }

    /// <summary>The variables of the template that is being parsed, each at a place that is taken again after its block.</summary>
    private sealed class Scope
    {
        private readonly List<string> _names = [RootVariable];

        public int SlotCount { get; private set; } = 1;

        public int RangeDepth { get; set; }

        public int Declare(string name)
        {
            _names.Add(name);
            SlotCount = Math.Max(SlotCount, _names.Count);
            return _names.Count - 1;
        }

        public int Find(string name) => _names.LastIndexOf(name);

        public int Mark() => _names.Count;

        public void Reset(int mark) => _names.RemoveRange(mark, _names.Count - mark);
    }
}
