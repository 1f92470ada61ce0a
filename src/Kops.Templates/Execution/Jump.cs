namespace Kops.Templates.Execution;

/// <summary>How a list of nodes ended.</summary>
internal enum Jump
{
    None,
    Break,
    Continue,
}
