using System.Text;
using Kops.Templates.Formatting;
using Kops.Templates.Lexing;

namespace Kops.Templates.Parsing.Nodes;

/// <summary>
/// Writes nodes back as source. What it writes parses to the same nodes; comments, trim markers and blanks of the source are gone.
/// </summary>
internal sealed class NodePrinter
{
    private readonly StringBuilder _text = new();
    private readonly Delimiters _delimiters;

    private NodePrinter(Delimiters delimiters) => _delimiters = delimiters;

    public static string Print(Node node, Delimiters delimiters)
    {
        var printer = new NodePrinter(delimiters);
        printer.Node(node);
        return printer._text.ToString();
    }

    private void Node(Node node)
    {
        switch (node)
        {
            case TextNode text:
                _text.Append(text.Text);
                break;
            case ListNode list:
                List(list);
                break;
            case ActionNode action:
                Open().Node(action.Pipe);
                Close();
                break;
            case BranchNode branch:
                Branch(branch);
                break;
            case TemplateNode template:
                Template(template);
                break;
            case JumpNode jump:
                Action(jump.Kind == NodeKind.Break ? "break" : "continue");
                break;
            case PipeNode pipe:
                Pipe(pipe);
                break;
            case CommandNode command:
                Command(command);
                break;
            case FieldNode field:
                Names(field.Names);
                break;
            case VariableNode variable:
                _text.Append(variable.Name);
                Names(variable.Names);
                break;
            case ChainNode chain:
                Word(chain.Target);
                Names(chain.Names);
                break;
            case FunctionNode function:
                _text.Append(function.Name);
                break;
            case BoolNode truth:
                _text.Append(truth.Value ? "true" : "false");
                break;
            case StringNode text:
                _text.Append(text.Quoted);
                break;
            case NumberNode number:
                _text.Append(number.Constant.Text);
                break;
            default:
                _text.Append(node.Kind == NodeKind.Nil ? "nil" : ".");
                break;
        }
    }

    private void List(ListNode list)
    {
        var items = list.Items;
        for (var i = 0; i < items.Length; i++)
        {
            Node(items[i]);
            // A text that ends with a brace must not make a delimiter together with what follows it.
            if (items[i] is TextNode text && i + 1 < items.Length && EndsLikeDelimiter(text.Text))
                _text.Append(' ').Append(_delimiters.Left).Append("- /**/").Append(_delimiters.Right);
        }
    }

    private bool EndsLikeDelimiter(string text)
    {
        for (var length = 1; length < _delimiters.Left.Length; length++)
        {
            if (text.EndsWith(_delimiters.Left[..length], StringComparison.Ordinal))
                return true;
        }

        return false;
    }

    private void Branch(BranchNode branch)
    {
        Open()._text.Append(branch.Kind.ToString().ToLowerInvariant()).Append(' ');
        Node(branch.Pipe);
        Close();
        List(branch.List);
        if (branch.ElseList is not null)
        {
            ActionAfter(branch.List, "else");
            List(branch.ElseList);
        }

        ActionAfter(branch.ElseList ?? branch.List, "end");
    }

    // The same care for the action that closes a list.
    private void ActionAfter(ListNode list, string word)
    {
        if (list.Items is [.., TextNode text] && EndsLikeDelimiter(text.Text))
            _text.Append(' ').Append(_delimiters.Left).Append("- ").Append(word).Append(_delimiters.Right);
        else
            Action(word);
    }

    private void Template(TemplateNode template)
    {
        Open()._text.Append("template ").Append(GoQuote.Quote(template.Name));
        if (template.Pipe is not null)
        {
            _text.Append(' ');
            Node(template.Pipe);
        }

        Close();
    }

    private void Pipe(PipeNode pipe)
    {
        for (var i = 0; i < pipe.Variables.Length; i++)
        {
            if (i > 0)
                _text.Append(", ");
            Node(pipe.Variables[i]);
        }

        if (pipe.Variables.Length > 0)
            _text.Append(pipe.IsAssignment ? " = " : " := ");
        for (var i = 0; i < pipe.Commands.Length; i++)
        {
            if (i > 0)
                _text.Append(" | ");
            Node(pipe.Commands[i]);
        }
    }

    private void Command(CommandNode command)
    {
        for (var i = 0; i < command.Words.Length; i++)
        {
            if (i > 0)
                _text.Append(' ');
            Word(command.Words[i]);
        }
    }

    private void Word(Node word)
    {
        if (word is not PipeNode)
        {
            Node(word);
            return;
        }

        _text.Append('(');
        Node(word);
        _text.Append(')');
    }

    private void Names(string[] names)
    {
        foreach (var name in names)
            _text.Append('.').Append(name);
    }

    private void Action(string word)
    {
        Open()._text.Append(word);
        Close();
    }

    private NodePrinter Open()
    {
        _text.Append(_delimiters.Left);
        return this;
    }

    private void Close() => _text.Append(_delimiters.Right);
}
