using System.Diagnostics;
using System.Diagnostics.Metrics;
using Kops.Vfs.Layers.Log;
using Microsoft.Extensions.Logging;

namespace Kops.Vfs.Extensions;

/// <summary>
/// The requests to stores as logs, traces and metrics: an activity and a measurement for each, a line of the log at the level Debug,
/// or Warning where it failed. Names of objects are in traces and logs, and not in metrics. Holds no content and no credentials.
/// </summary>
/// <remarks>Attributes are named as OpenTelemetry has it: <c>error.type</c>, <c>url.scheme</c>, and <c>kops.vfs.*</c> of our own.</remarks>
public sealed partial class StoreTelemetry : IStoreObserver
{
    /// <summary>The name of the source of activities, of the meter, and of the category of the log.</summary>
    public const string Name = "Kops.Vfs";

    /// <summary>The histogram of durations, in seconds.</summary>
    public const string Duration = "kops.vfs.operation.duration";

    private static readonly ActivitySource s_activities = new(Name);
    private static readonly Meter s_meter = new(Name);
    private static readonly Histogram<double> s_durations = s_meter.CreateHistogram<double>(
        Duration,
        "s",
        "How long requests to stores took, with all their tries"
    );

    private readonly ILogger? _log;

    /// <param name="log">Where requests are told; null for nowhere.</param>
    internal StoreTelemetry(ILogger? log) => _log = log;

    /// <inheritdoc/>
    public object? Began(string operation, string path)
    {
        var activity = s_activities.StartActivity($"{operation} {Scheme(path)}", ActivityKind.Client);
        activity?.SetTag("kops.vfs.operation", operation).SetTag("kops.vfs.path", path).SetTag("url.scheme", Scheme(path));
        return activity;
    }

    /// <inheritdoc/>
    public void Ended(object? began, StoreRequest request)
    {
        var error = request.Error switch
        {
            null => null,
            StoreException store => store.Kind.ToString(),
            var other => other.GetType().Name,
        };
        if (began is Activity activity)
        {
            activity.SetTag("kops.vfs.outcome", request.Outcome);
            if (error is not null)
                activity.SetTag("error.type", error).SetStatus(ActivityStatusCode.Error, request.Error!.Message);
            activity.Dispose();
        }

        if (s_durations.Enabled)
        {
            var tags = new TagList
            {
                { "kops.vfs.operation", request.Operation },
                { "kops.vfs.outcome", request.Outcome },
                { "url.scheme", Scheme(request.Path) },
            };
            if (error is not null)
                tags.Add("error.type", error);
            s_durations.Record(request.Elapsed.TotalSeconds, tags);
        }

        if (_log is null)
            return;
        if (request.Error is null or OperationCanceledException)
            LogRequest(_log, request.Operation, request.Path, request.Outcome, request.Elapsed.TotalMilliseconds);
        else
            LogFailure(_log, request.Operation, request.Path, request.Elapsed.TotalMilliseconds, request.Error);
    }

    private static string Scheme(string path) => path.IndexOf("://", StringComparison.Ordinal) is var end and > 0 ? path[..end] : "file";

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Operation} {Path}: {Outcome}, {Milliseconds:0.0} ms")]
    private static partial void LogRequest(ILogger log, string operation, string path, string outcome, double milliseconds);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Operation} {Path} failed after {Milliseconds:0.0} ms")]
    private static partial void LogFailure(ILogger log, string operation, string path, double milliseconds, Exception error);
}
