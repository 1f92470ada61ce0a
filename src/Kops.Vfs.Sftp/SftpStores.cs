using Kops.Vfs.Drivers;
using Kops.Vfs.Rest.Reading;
using Kops.Vfs.Sftp.Configuration;

namespace Kops.Vfs.Sftp;

/// <summary>
/// Directories on servers that are reached by SSH: <c>ssh://user@host:2222/srv/state</c>; <c>ssh://host/~/state</c> is below the user's
/// home.
/// </summary>
public static class SftpStores
{
    /// <summary>How their paths are read; one driver for each server and user.</summary>
    public static DriverKind<SftpOptions> Kind { get; } = new(["ssh", "sftp"], Locate);

    private static StorePlace<SftpOptions> Locate(string path)
    {
        var address = SftpAddress.Parse(path);
        return new(address.Text, address.Key, (options, clock) => new SftpStoreDriver(address.Root, address.Text, options, clock))
        {
            Visit = driver =>
            {
                if (address.Key.Length > 0)
                    ((SftpStoreDriver)driver).Keep(address.Key);
            },
        };
    }
}
