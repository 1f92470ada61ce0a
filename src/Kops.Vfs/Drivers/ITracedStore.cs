namespace Kops.Vfs.Drivers;

/// <summary>A store over a network that tries again by itself, and can tell of each try.</summary>
public interface ITracedStore
{
    /// <summary>Tells of each try from here on.</summary>
    void Trace(Action<RequestTry> tell);
}
