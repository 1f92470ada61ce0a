using Kops.Templates.Faults;
using Kops.Templates.Functions;
using Kops.Templates.Parsing.Nodes;
using Kops.Templates.Values;

namespace Kops.Templates.Execution;

/// <summary>Pipelines, commands, words and fields.</summary>
internal sealed partial class Executor
{
    private static readonly Node[] NoWords = [];

    private Value Pipeline(PipeNode pipe, Value dot)
    {
        _current = pipe;
        Value? last = null;
        foreach (var command in pipe.Commands)
            last = Command(command, dot, last);
        // As in Go, a nil of no type is no value from here on.
        var value = last is { IsUntypedNil: false } found ? found : Value.Missing;
        foreach (var variable in pipe.Variables)
        {
            _current = pipe;
            Set(variable, value);
        }

        return value;
    }

    private Value Command(CommandNode command, Value dot, Value? last)
    {
        var words = command.Words;
        var first = words[0];
        switch (first.Kind)
        {
            case NodeKind.Field:
                _current = first;
                return Fields(dot, ((FieldNode)first).Names, words, dot, last);
            case NodeKind.Variable:
                return Variable((VariableNode)first, words, dot, last);
            case NodeKind.Function:
                var function = (FunctionNode)first;
                _current = first;
                return Call(function.Function, function.Name, command, words, dot, last);
            case NodeKind.Chain:
                return Chain((ChainNode)first, words, dot, last);
            case NodeKind.Pipe:
                NoArguments(words, last);
                return Pipeline((PipeNode)first, dot);
            default:
                _current = first;
                NoArguments(words, last);
                return Constant(first, dot);
        }
    }

    private Value Constant(Node node, Value dot) =>
        node switch
        {
            DotNode => dot,
            BoolNode truth => truth.Value,
            StringNode text => text.Text,
            NumberNode number => Number(number.Constant),
            _ => throw Error("nil is not a command"),
        };

    private Value Number(NumberConstant number)
    {
        if (number.IsFloat)
            return number.Float;
        return number.Whole is { } whole ? Value.OfInt(whole) : throw Error($"{number.Text} overflows int");
    }

    private Value Variable(VariableNode node, Node[] words, Value dot, Value? last)
    {
        _current = node;
        var value = Variable(node);
        if (node.Names.Length > 0)
            return Fields(value, node.Names, words, dot, last);
        NoArguments(words, last);
        return value;
    }

    private Value Chain(ChainNode chain, Node[] words, Value dot, Value? last)
    {
        _current = chain;
        if (chain.Target.Kind == NodeKind.Nil)
            throw Error($"indirection through explicit nil in {chain}");
        var target = Word(chain.Target, dot);
        _current = chain;
        return Fields(target, chain.Names, words, dot, last);
    }

    // A word that stands for a value: an argument, or what a chain starts with.
    private Value Word(Node node, Value dot)
    {
        _current = node;
        switch (node.Kind)
        {
            case NodeKind.Field:
                return Fields(dot, ((FieldNode)node).Names, NoWords, dot, null);
            case NodeKind.Variable:
                return Variable((VariableNode)node, NoWords, dot, null);
            case NodeKind.Pipe:
                return Pipeline((PipeNode)node, dot);
            case NodeKind.Function:
                var function = (FunctionNode)node;
                return Call(function.Function, function.Name, node, NoWords, dot, null);
            case NodeKind.Chain:
                return Chain((ChainNode)node, NoWords, dot, null);
            case NodeKind.Nil:
                return Value.Nil;
            default:
                return Constant(node, dot);
        }
    }

    private void NoArguments(Node[] words, Value? last)
    {
        if (words.Length > 1 || last is not null)
            throw Error($"can't give argument to non-function {words[0]}");
    }

    private Value Fields(Value receiver, string[] names, Node[] words, Value dot, Value? last)
    {
        var node = _current;
        string? heldAs = null;
        for (var i = 0; i < names.Length; i++)
        {
            var isLast = i == names.Length - 1;
            receiver = isLast
                ? Field(receiver, names[i], node, words, dot, last, ref heldAs)
                : Field(receiver, names[i], node, NoWords, dot, null, ref heldAs);
        }

        return receiver;
    }

    // heldAs is the type by which a container holds the receiver, which is the one that Go names where it is interface {}.
    private Value Field(Value receiver, string name, Node node, Node[] words, Value dot, Value? last, ref string? heldAs)
    {
        var hasArguments = words.Length > 1 || last is not null;
        switch (receiver.Kind)
        {
            case ValueKind.Map:
                if (hasArguments)
                    throw Error($"{name} is not a method but has arguments");
                return Key(receiver.Map, name, ref heldAs);
            case ValueKind.Object:
                heldAs = null;
                if (receiver.Object.TryGetMethod(name, out var method))
                    return Call(method, name, node, words, dot, last);
                if (!receiver.Object.TryGetField(name, out var field))
                    break;
                return hasArguments ? throw Error($"{name} has arguments but cannot be invoked as function") : field;
            case ValueKind.NilPointer:
                throw Error($"nil pointer evaluating {receiver.TypeName}.{name}");
            case ValueKind.Nil when receiver.IsMissing:
                if (_state.MissingKey == MissingKey.Error)
                    throw Error($"nil data; no entry for key {Formatting.GoQuote.Quote(name)}");
                return receiver;
            case ValueKind.Nil:
                throw Error($"nil pointer evaluating {GoTypes.Any}.{name}");
        }

        throw Error($"can't evaluate field {name} in type {(heldAs == GoTypes.Any ? heldAs : receiver.TypeName)}");
    }

    private Value Key(TemplateMap map, string name, ref string? heldAs)
    {
        heldAs = map.ElementType;
        if (map.TryGetValue(name, out var value))
            return value;
        return _state.MissingKey switch
        {
            MissingKey.Zero => GoTypes.Zero(map.ElementType),
            MissingKey.Error => throw Error($"map has no entry for key {Formatting.GoQuote.Quote(name)}"),
            _ => Value.Missing,
        };
    }

    private Value Call(TemplateFunction function, string name, Node node, Node[] words, Value dot, Value? last)
    {
        var count = Math.Max(words.Length - 1, 0) + (last is null ? 0 : 1);
        if (function.Refuse(name, count) is { } refusal)
            throw Error(refusal);
        if (ReferenceEquals(function, BuiltinFunctions.And) || ReferenceEquals(function, BuiltinFunctions.Or))
            return Junction(words, dot, last, ReferenceEquals(function, BuiltinFunctions.Or));

        var bottom = _state.Top;
        var first = _state.Take(count);
        for (var i = 1; i < words.Length; i++)
        {
            var argument = Argument(words[i], function.TypeOf(i - 1), dot);
            _state.Stack[first + i - 1] = argument;
        }

        if (last is { } piped)
            _state.Stack[first + count - 1] =
                Arguments.Fit(piped.OrNil, function.TypeOf(count - 1), piped.IsUntypedNil) is var (value, problem) && problem is null
                    ? value
                    : throw Error(problem!);

        var result = ReferenceEquals(function, BuiltinFunctions.Call)
            ? CallValue(node, first, count)
            : Invoke(function, name, node, first, count);
        _state.Top = bottom;
        return result;
    }

    private Value Invoke(TemplateFunction function, string name, Node node, int first, int count)
    {
        _state.Charge(1);
        Value result;
        try
        {
            foreach (var argument in _state.Stack.AsSpan(first, count))
            {
                if (argument.Kind == ValueKind.String)
                    _state.ChargeText(argument.Text.Length);
            }

            result = function.Body(new TemplateArguments(_state.Stack.AsSpan(first, count), _state));
            if (result.IsString)
                Measure(result.Text);
        }
        catch (Exception error) when (error is not (TemplateException or OperationCanceledException))
        {
            _current = node;
            throw Error($"error calling {name}: {error.Message}", error);
        }

        return result;
    }

    private void Measure(string text)
    {
        if (text.Length > _state.LongestText)
            throw new FunctionException($"text is longer than {_state.LongestText} characters");
        _state.ChargeText(text.Length);
    }

    // call: the first argument is the function, and its parameters are known only now.
    private Value CallValue(Node node, int first, int count)
    {
        _current = node;
        var function = _state.Stack[first];
        if (function.IsUntypedNil)
            throw Error("error calling call: call of nil");
        if (function.Kind != ValueKind.Function)
            throw Error($"error calling call: non-function of type {function.TypeName}");
        if (function.Function.Refuse("call", count - 1) is { } refusal)
            throw Error(refusal);
        for (var i = 1; i < count; i++)
        {
            var (value, problem) = Arguments.Fit(_state.Stack[first + i], function.Function.TypeOf(i - 1), isAbsent: false);
            _state.Stack[first + i] = problem is null ? value : throw Error($"error calling call: {problem}");
        }

        return Invoke(function.Function, "call", node, first + 1, count - 1);
    }

    // and, or: the first operand that decides, else the last; the others are not evaluated.
    private Value Junction(Node[] words, Value dot, Value? last, bool isOr)
    {
        var value = Value.Nil;
        for (var i = 1; i < words.Length; i++)
        {
            value = Argument(words[i], ParameterType.Any, dot);
            if (value.IsTrue == isOr)
                return value;
        }

        return last is { } piped ? piped.OrNil : value;
    }

    private Value Argument(Node node, ParameterType type, Value dot)
    {
        var (value, problem) = node switch
        {
            NumberNode number when type != ParameterType.Any => Arguments.Fit(number, type),
            BoolNode or StringNode when type != ParameterType.Any => Arguments.Fit(node, Constant(node, dot), type),
            NilNode => Arguments.FitNil(type),
            _ => Fitted(Word(node, dot), type),
        };
        if (problem is null)
            return value;
        _current = node;
        throw Error(problem);
    }

    private static (Value Value, string? Problem) Fitted(Value value, ParameterType type) =>
        Arguments.Fit(value.OrNil, type, value.IsMissing);
}
