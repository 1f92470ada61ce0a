using System.Runtime.InteropServices;

namespace Kops.Cli.Hosting;

/// <summary>Ctrl-C and termination: the first asks the command to stop cleanly, the second ends the process at once.</summary>
internal sealed class Interrupt : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _registrations;
    private readonly TextWriter _error;
    private volatile bool _isHeld;

    public Interrupt(TextWriter error)
    {
        _error = error;
        _registrations = [PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal), PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal)];
    }

    public CancellationToken Token => _source.Token;

    /// <summary>Leaves Ctrl-C to the program that has the terminal, until the result is disposed.</summary>
    public IDisposable Hold()
    {
        _isHeld = true;
        return new Held(this);
    }

    public void Dispose()
    {
        foreach (var registration in _registrations) registration.Dispose();
        _source.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        if (_isHeld && context.Signal == PosixSignal.SIGINT)
        {
            context.Cancel = true;
            return;
        }

        if (_source.IsCancellationRequested) return; // the signal's own effect: the end
        context.Cancel = true;
        _error.WriteLine("\nStopping cleanly; once more stops at once.");
        _source.Cancel();
    }

    private sealed class Held(Interrupt owner) : IDisposable
    {
        public void Dispose() => owner._isHeld = false;
    }
}
