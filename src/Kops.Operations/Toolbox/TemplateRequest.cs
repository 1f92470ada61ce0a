using Kops.Model.Channels;

namespace Kops.Operations.Toolbox;

/// <summary>What <c>kops toolbox template</c> renders, and with what.</summary>
public sealed record TemplateRequest
{
    /// <summary>The templates, in the order of their documents.</summary>
    public IReadOnlyList<TemplateFile> Templates { get; init; } = [];

    /// <summary>Texts that templates include by the last part of their paths.</summary>
    public IReadOnlyList<TemplateFile> Snippets { get; init; } = [];

    /// <summary>Files of values in YAML; later ones win, map by map.</summary>
    public IReadOnlyList<TemplateFile> Values { get; init; } = [];

    /// <summary>Assignments such as <c>a.b=1,c[0]=x</c>: whole numbers, truths and <c>null</c> are those, all else is text.</summary>
    public IReadOnlyList<string> Assignments { get; init; } = [];

    /// <summary>Assignments whose values are always text. They come last.</summary>
    public IReadOnlyList<string> TextAssignments { get; init; } = [];

    /// <summary>What <c>.clusterName</c> is; null to leave it to the values.</summary>
    public string? ClusterName { get; init; }

    /// <summary>Whether a variable that is not set is an error.</summary>
    public bool FailsOnMissing { get; init; } = true;

    /// <summary>Whether each document is read as YAML and written anew.</summary>
    public bool FormatsYaml { get; init; }

    /// <summary>What the channel functions ask.</summary>
    public Channel Channel { get; init; } = Channel.Empty;

    /// <summary>The time and its zone.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>The environment, for <c>env</c> and <c>expandenv</c>.</summary>
    public Func<string, string?> Variable { get; init; } = static _ => null;
}
