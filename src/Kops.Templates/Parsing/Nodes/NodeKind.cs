namespace Kops.Templates.Parsing.Nodes;

/// <summary>The kinds of nodes, to branch on.</summary>
internal enum NodeKind
{
    Text,
    Action,
    If,
    With,
    Range,
    Template,
    Break,
    Continue,
    List,
    Pipe,
    Command,
    Field,
    Variable,
    Chain,
    Function,
    Dot,
    Nil,
    Bool,
    Number,
    String,
}
