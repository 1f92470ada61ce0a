using Kops.Api.Values;
using Kops.Cli.CommandLine;
using Kops.Operations.Events;

namespace Kops.Cli.Output;

/// <summary>What operations tell on the way, on stderr, to whoever asked for that much.</summary>
internal static class EventText
{
    public static void Write(Invocation run, OperationEvent happened)
    {
        var (verbosity, word) = happened.Level switch
        {
            _ when happened is FileNotUndone => (0, string.Empty),
            EventLevel.Warning => (0, "Warning: "),
            EventLevel.Note => (0, "Note: "),
            EventLevel.MinorWarning => (1, "Warning: "),
            _ => (2, string.Empty),
        };

        // What was told as a minor warning is not told once more.
        if (happened is ConfigBaseElsewhere { Level: EventLevel.Warning } && run.Verbosity >= 1)
            return;
        run.Log(verbosity, word + PlainText.OfLines(happened.Message));
    }
}
