namespace Kops.Vfs.Gcs.Server;

/// <summary>How the server behaves.</summary>
public sealed record GcsServerOptions
{
    /// <summary>The port; 0 for a free one.</summary>
    public int Port { get; init; }

    /// <summary>Whether requests need tokens. Off, it is an emulator.</summary>
    public bool Authenticate { get; init; } = true;

    /// <summary>How long tokens are good for.</summary>
    public TimeSpan TokenLifetime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Bytes that one step of a copy copies.</summary>
    public long BytesPerRewrite { get; init; } = 1 << 20;

    /// <summary>In what it is worse than the service, as emulators are.</summary>
    public EmulatorQuirks Quirks { get; init; } = new();
}
