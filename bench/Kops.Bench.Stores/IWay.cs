namespace Kops.Bench.Stores;

/// <summary>One library's way to do the things that are compared, in one bucket.</summary>
internal interface IWay
{
    /// <summary>Its name in the table.</summary>
    string Name { get; }

    /// <summary>Writes an object, whatever is there.</summary>
    Task WriteAsync(string key, byte[] content);

    /// <summary>Reads an object whole, and gives its length.</summary>
    Task<int> ReadAsync(string key);

    /// <summary>Lists all below a directory, and gives how many there are.</summary>
    Task<int> ListAsync(string directory);

    /// <summary>Adds one to the number in an object: reads, and writes on condition that nobody else has written.</summary>
    Task IncrementAsync(string key);
}
