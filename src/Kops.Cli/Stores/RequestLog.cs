using Kops.Vfs.Layers.Log;

namespace Kops.Cli.Stores;

/// <summary>Writes a line for each request. Requests end side by side, and the writers of a console hold one at a time.</summary>
internal sealed class RequestLog(TextWriter output)
{
    private readonly Lock _lock = new();

    public void Write(StoreRequest request)
    {
        var line = request.ToString();
        lock (_lock)
            output.WriteLine(line);
    }
}
