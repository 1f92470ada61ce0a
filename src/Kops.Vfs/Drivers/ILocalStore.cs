namespace Kops.Vfs.Drivers;

/// <summary>A store in this machine's file system, where one place can have several names.</summary>
public interface ILocalStore
{
    /// <summary>The absolute path of a key, every symbolic link on the way resolved, whether or not something stands there.</summary>
    string RealPathOf(string key);
}
