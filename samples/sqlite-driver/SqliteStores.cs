using Kops.Vfs;
using Kops.Vfs.Drivers;

namespace SqliteDriver;

/// <summary>
/// Stores of SQLite by their addresses, <c>sqlite://NAME/key</c>: <c>vfs.AddStores(SqliteStores.Kind, (_, _) => new("/var/lib/app"))</c>.
/// </summary>
public static class SqliteStores
{
    public static DriverKind<SqliteOptions> Kind { get; } = new(["sqlite"], Locate);

    private static StorePlace<SqliteOptions> Locate(string path)
    {
        var address = StoreAddress.Parse(path);
        if (address.Names[0] is not { Length: > 0 } name || name.Any(c => !char.IsAsciiLetterOrDigit(c)))
            throw StoreAddress.Wrong(path, "a store is named by letters and digits: write sqlite://NAME/key");
        return new(
            address.Text,
            address.Key,
            (options, clock) => new SqliteStoreDriver(Path.Combine(options.Directory, name + ".db"), clock)
        );
    }
}

/// <summary>Where the files lie.</summary>
/// <param name="Directory">The directory.</param>
public sealed record SqliteOptions(string Directory);
