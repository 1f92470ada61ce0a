using Kops.Templates.Execution;
using Kops.Templates.Functions;

namespace Kops.Templates;

/// <summary>How templates are parsed and executed.</summary>
public sealed record TemplateOptions
{
    /// <summary>The functions that they may call; by default Go's own.</summary>
    public FunctionTable Functions { get; init; } = new();

    /// <summary>What an absent key of a map gives.</summary>
    public MissingKey MissingKey { get; init; } = MissingKey.Default;

    /// <summary>What opens an action: <c>{{</c> by default.</summary>
    public string LeftDelimiter { get; init; } = "{{";

    /// <summary>What closes an action: <c>}}</c> by default.</summary>
    public string RightDelimiter { get; init; } = "}}";

    /// <summary>The bounds of an execution.</summary>
    public TemplateLimits Limits { get; init; } = new();
}
