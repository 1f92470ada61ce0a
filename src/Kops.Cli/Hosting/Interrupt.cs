using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Kops.Cli.Hosting;

/// <summary>
/// Ctrl-C and termination: the first asks the command to stop cleanly, a later one ends the process at once. Shells and <c>timeout </c>
/// send a signal to the process and to its group: what comes within a second of the first is the same one.
/// </summary>
internal sealed class Interrupt(TextWriter error) : IDisposable
{
    private static readonly TimeSpan SameSignal = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _source = new();
    private readonly List<PosixSignalRegistration> _registrations = [];
    private volatile bool _isHeld;
    private long _first;

    public CancellationToken Token => _source.Token;

    /// <summary>Begins to take the signals. Until then they end the process, as they do by themselves.</summary>
    public void Listen()
    {
        if (_registrations.Count > 0)
            return;
        foreach (var signal in (PosixSignal[])[PosixSignal.SIGINT, PosixSignal.SIGTERM])
            _registrations.Add(PosixSignalRegistration.Create(signal, OnSignal));
    }

    /// <summary>Leaves Ctrl-C to the program that has the terminal, until the result is disposed.</summary>
    public IDisposable Hold()
    {
        _isHeld = true;
        return new Held(this);
    }

    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
        _source.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        if (_isHeld && context.Signal == PosixSignal.SIGINT)
        {
            context.Cancel = true;
            return;
        }

        if (_source.IsCancellationRequested)
        {
            // Where it is a later one, the signal's own effect: the end.
            context.Cancel = Stopwatch.GetElapsedTime(_first) < SameSignal;
            return;
        }

        context.Cancel = true;
        _first = Stopwatch.GetTimestamp();
        error.WriteLine("\nStopping cleanly; once more stops at once.");
        _source.Cancel();
    }

    private sealed class Held(Interrupt owner) : IDisposable
    {
        public void Dispose() => owner._isHeld = false;
    }
}
