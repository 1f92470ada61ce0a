using System.Runtime.CompilerServices;
using Kops.Templates.Faults;
using Kops.Templates.Formatting;
using Kops.Templates.Parsing;
using Kops.Templates.Parsing.Nodes;
using Kops.Templates.Values;

namespace Kops.Templates.Execution;

/// <summary>Executes one template: walks its nodes and writes to the output of the execution.</summary>
internal sealed partial class Executor
{
    private readonly ExecutionState _state;
    private readonly TemplateTree _tree;
    private readonly Value _root;
    private readonly int _variables;
    private Node _current;

    public Executor(ExecutionState state, TemplateTree tree, Value dot)
    {
        (_state, _tree, _root, _current) = (state, tree, dot, tree.Root);
        _variables = state.Take(tree.SlotCount);
        // $ is the value that the template was given.
        state.Stack[_variables] = dot;
    }

    public void Run()
    {
        try
        {
            List(_tree.Root, _root);
        }
        catch (FunctionException error)
        {
            throw Error(error.Message, error);
        }
    }

    private Jump List(ListNode list, Value dot)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
            throw new FunctionException("the template is nested too deeply for the stack");
        foreach (var node in list.Items)
        {
            _state.Charge(1);
            var jump = Node(node, dot);
            if (jump != Jump.None)
                return jump;
        }

        return Jump.None;
    }

    private Jump Node(Node node, Value dot)
    {
        _current = node;
        switch (node.Kind)
        {
            case NodeKind.Text:
                _state.Output.Append(((TextNode)node).Text);
                return Jump.None;
            case NodeKind.Action:
                Action((ActionNode)node, dot);
                return Jump.None;
            case NodeKind.If:
                return If((BranchNode)node, dot);
            case NodeKind.With:
                return With((BranchNode)node, dot);
            case NodeKind.Range:
                return Range((BranchNode)node, dot);
            case NodeKind.Template:
                Template((TemplateNode)node, dot);
                return Jump.None;
            case NodeKind.Break:
                return Jump.Break;
            default:
                return Jump.Continue;
        }
    }

    private void Action(ActionNode action, Value dot)
    {
        var value = Pipeline(action.Pipe, dot);
        if (action.Pipe.Variables.Length > 0)
            return;
        _current = action;
        if (value.IsString)
            _state.Output.Append(value.Text);
        else if (value is { Kind: ValueKind.Int or ValueKind.Int64, IsPointer: false })
            _state.Output.Append(value.Signed);
        else
            Print(action, value);
    }

    // A pointer prints as what it points to.
    private void Print(ActionNode action, Value value)
    {
        if (value.IsUntypedNil)
            _state.Output.Append("<no value>");
        else if (value.Kind is ValueKind.Function or ValueKind.Sequence)
            throw Error($"can't print {action.Pipe} of type {value.TypeName}");
        else
            ValuePrinter.Print(_state.Output, value.Target);
    }

    private Jump If(BranchNode branch, Value dot)
    {
        if (Pipeline(branch.Pipe, dot).IsTrue)
            return List(branch.List, dot);
        return branch.ElseList is null ? Jump.None : List(branch.ElseList, dot);
    }

    private Jump With(BranchNode branch, Value dot)
    {
        var value = Pipeline(branch.Pipe, dot);
        if (value.IsTrue)
            return List(branch.List, value);
        return branch.ElseList is null ? Jump.None : List(branch.ElseList, dot);
    }

    private Jump Range(BranchNode range, Value dot)
    {
        var value = Pipeline(range.Pipe, dot);
        var ran = value.Kind switch
        {
            ValueKind.Nil => false,
            ValueKind.List => RangeList(range, value.List),
            ValueKind.Map => RangeMap(range, value.Map),
            ValueKind.Sequence => RangeSequence(range, value.Sequence),
            _ when value.IsSigned || value.IsUnsigned => RangeNumber(range, value),
            ValueKind.NilPointer => throw Error($"range can't iterate over {ValuePrinter.Text(value, _state.LongestText)}"),
            _ => throw Error($"range can't iterate over {ValuePrinter.Text(value.Target, _state.LongestText)}"),
        };
        return ran || range.ElseList is null ? Jump.None : List(range.ElseList, dot);
    }

    private bool RangeList(BranchNode range, TemplateList list)
    {
        for (var i = 0; i < list.Count; i++)
        {
            if (!Once(range, i, list[i]))
                break;
        }

        return list.Count > 0;
    }

    private bool RangeMap(BranchNode range, TemplateMap map)
    {
        var keys = map.SortedKeys;
        foreach (var key in keys)
        {
            // The body may have removed it: Go then gives the zero.
            if (!map.TryGetValue(key, out var value))
                value = GoTypes.Zero(map.ElementType);
            if (!Once(range, key, value))
                break;
        }

        return keys.Length > 0;
    }

    private bool RangeNumber(BranchNode range, Value number)
    {
        if (range.Pipe.Variables.Length > 1)
            throw Error($"can't use {ValuePrinter.Text(number.Target, _state.LongestText)} to iterate over more than one variable");
        var count = number.IsUnsigned && number.Signed < 0 ? long.MaxValue : number.Signed;
        for (var i = 0L; i < count; i++)
        {
            var value = number.Kind switch
            {
                ValueKind.Int32 => Value.OfInt32((int)i),
                ValueKind.Int64 => i,
                ValueKind.Uint8 => (byte)i,
                ValueKind.Uint32 => (uint)i,
                ValueKind.Uint64 => (ulong)i,
                _ => Value.OfInt(i),
            };
            if (!Once(range, value, value))
                break;
        }

        return count > 0;
    }

    private bool RangeSequence(BranchNode range, TemplateSequence sequence)
    {
        if (range.Pipe.Variables.Length > 1 && !sequence.HasKeys)
            throw Error($"can't use {ParenthesizedPipe(range)} to iterate over more than one variable");
        var ran = false;
        foreach (var (key, value) in sequence.Pairs)
        {
            ran = true;
            // A sequence of single values gives them to the first variable.
            if (!Once(range, key, value))
                break;
        }

        return ran;
    }

    private static string ParenthesizedPipe(BranchNode range) => range.Pipe.ToString();

    // The body once; false to stop.
    private bool Once(BranchNode range, Value key, Value value)
    {
        _state.Charge(1);
        var variables = range.Pipe.Variables;
        if (variables.Length == 1)
            Set(variables[0], value);
        else if (variables.Length > 1)
        {
            Set(variables[0], key);
            Set(variables[1], value);
        }

        return List(range.List, value) != Jump.Break;
    }

    private void Template(TemplateNode node, Value dot)
    {
        var tree = _state.Find(node.Name) ?? throw Error($"template {GoQuote.Quote(node.Name)} not defined");
        var data = node.Pipe is null ? Value.Missing : Pipeline(node.Pipe, dot);
        _current = node;
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
            throw Error("the templates are nested too deeply for the stack");
        _state.Run(tree, data);
    }

    private ref Value Variable(VariableNode variable)
    {
        if (variable.Slot < 0)
            throw Error($"undefined variable: {variable.Name}");
        return ref _state.Stack[_variables + variable.Slot];
    }

    private void Set(VariableNode variable, Value value) => Variable(variable) = value;

    private TemplateException Error(string problem, Exception? cause = null)
    {
        var (line, column) = TemplateTree.Locate(_tree.Text, _current.Position);
        var action = _current.ToString();
        var shown = Shorten(action);
        return new TemplateException(
            $"template: {_tree.Source}:{line}:{column}: executing {GoQuote.Quote(_tree.Name)} at <{shown}>: {problem}",
            _tree.Source,
            line,
            column,
            action,
            cause
        );
    }

    // Go shows the first twenty characters.
    private static string Shorten(string action)
    {
        const int most = 20;
        if (action.Length <= most)
            return action;
        var end = char.IsHighSurrogate(action[most - 1]) ? most - 1 : most;
        return action[..end] + "...";
    }
}
