namespace Kops.Operations.Toolbox;

/// <summary>A text that was read: a template, a snippet or values.</summary>
/// <param name="Name">Its path, as messages show it.</param>
/// <param name="Text">What it holds.</param>
public sealed record TemplateFile(string Name, string Text);
