using Kops.Templates.Faults;
using Kops.Templates.Formatting;
using Kops.Templates.Parsing;
using Kops.Templates.Values;

namespace Kops.Templates.Execution;

/// <summary>What all templates of one execution share: the output, the bounds, and what has been made on the way.</summary>
/// <param name="trees">The templates by their names.</param>
/// <param name="missingKey">What an absent key gives.</param>
/// <param name="limits">The bounds.</param>
internal sealed class ExecutionState(Func<string, TemplateTree?> trees, MissingKey missingKey, TemplateLimits limits) : CallScope
{
    private readonly Dictionary<(Type, string), object> _made = [];
    private long _steps = limits.Steps;
    private int _depth;
    private Value[] _stack = new Value[64];

    public MissingKey MissingKey => missingKey;

    public TextBuffer Output { get; private set; } = new(limits.OutputLength);

    public override int LongestText => limits.OutputLength;

    /// <summary>The place of variables and arguments. It may be another array after any evaluation.</summary>
    public Value[] Stack => _stack;

    /// <summary>Where the free part of the stack starts.</summary>
    public int Top { get; set; }

    public TemplateTree? Find(string name) => trees(name);

    public override void Charge(long steps)
    {
        _steps -= steps;
        if (_steps < 0)
            throw new FunctionException($"the template takes more than {limits.Steps} steps");
    }

    /// <summary>Takes a number of places on the stack.</summary>
    /// <returns>The first of them.</returns>
    public int Take(int count)
    {
        var first = Top;
        if (first + count > _stack.Length)
            Array.Resize(ref _stack, Math.Max(first + count, 2 * _stack.Length));
        Top = first + count;
        return first;
    }

    /// <summary>Executes a template within this execution.</summary>
    public void Run(TemplateTree tree, Value dot)
    {
        if (_depth >= limits.CallDepth)
            throw new FunctionException($"exceeded maximum template depth ({limits.CallDepth})");
        var bottom = Top;
        _depth++;
        try
        {
            new Executor(this, tree, dot).Run();
        }
        finally
        {
            Top = bottom;
            _depth--;
        }
    }

    public override string Render(string template, Value data)
    {
        var tree = Find(template) ?? throw new FunctionException($"template {GoQuote.Quote(template)} not defined");
        var outer = Output;
        Output = new TextBuffer(limits.OutputLength);
        try
        {
            Run(tree, data);
            return Output.ToString();
        }
        finally
        {
            Output = outer;
        }
    }

    public override T Once<T>(string key, Func<string, T> make)
    {
        if (_made.TryGetValue((typeof(T), key), out var made))
            return (T)made;
        var value = make(key);
        _made[(typeof(T), key)] = value;
        return value;
    }
}
