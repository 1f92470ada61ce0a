using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Kops.Vfs.Extensions.Tests;

/// <summary>A log whose lines can be looked at.</summary>
internal sealed class Lines : ILoggerProvider
{
    public ConcurrentQueue<string> Told { get; } = [];

    public ILogger CreateLogger(string categoryName) => new Category(this, categoryName);

    public void Dispose() { }

    private sealed class Category(Lines lines, string name) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => lines.Told.Enqueue($"{logLevel} {name}: {formatter(state, exception)}");
    }
}
