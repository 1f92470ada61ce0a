using Kops.Api;
using Kops.Api.Values;
using Kops.Model.Clouds;
using Kops.Model.Flags;
using Kops.Operations;
using Kops.StateStore.Errors;
using Kops.Vfs;

namespace Kops.Cli.Hosting;

/// <summary>The one place where failures become messages and exit codes.</summary>
internal static class ErrorReport
{
    /// <summary>Prints what went wrong and gives the exit code.</summary>
    public static int Write(TextWriter error, Exception failure, int verbosity)
    {
        var (code, message) = failure switch
        {
            CommandException command => (command.ExitCode, command.Message),
            OperationException operation => (Code(operation.Kind), operation.Message),
            StoppedException => (ExitCode.Interrupted, failure.Message),
            InvalidFlagException flag => (ExitCode.Usage, flag.Message),
            InvalidObjectException invalid => (ExitCode.Failed, invalid.Message),
            StateStoreException { Kind: StateErrorKind.NotFound } state => (ExitCode.NotFound, state.Message),
            StateStoreException { Kind: StateErrorKind.AlreadyExists or StateErrorKind.Busy or StateErrorKind.Moved } state => (
                ExitCode.Conflict,
                state.Message
            ),
            StateStoreException state => (ExitCode.Failed, state.Message),
            StoreException { Kind: StoreErrorKind.InvalidArgument } store => (ExitCode.Usage, store.Message),
            StoreException { Kind: StoreErrorKind.StoreNotFound } store => (ExitCode.NotFound, store.Message),
            StoreException store => (ExitCode.Failed, store.IsTransient ? $"{store.Message} (trying again may help)" : store.Message),
            OperationCanceledException => (ExitCode.Interrupted, "stopped; nothing more was changed"),
            CloudLookupException lookup => (ExitCode.Failed, lookup.Message),
            IOException or UnauthorizedAccessException => (ExitCode.Failed, failure.Message),
            _ => (
                ExitCode.Failed,
                $"unexpected error: {failure.Message.TrimEnd('.')}. This is a bug in kops; please report it, with the output of -v 10"
            ),
        };
        error.WriteLine($"Error: {PlainText.OfLines(message)}");
        if (verbosity >= 10)
            error.WriteLine(failure);
        return code;
    }

    private static int Code(OperationErrorKind kind) =>
        kind switch
        {
            OperationErrorKind.InvalidRequest => ExitCode.Usage,
            OperationErrorKind.Conflict => ExitCode.Conflict,
            OperationErrorKind.NotFound => ExitCode.NotFound,
            _ => ExitCode.Failed,
        };
}
