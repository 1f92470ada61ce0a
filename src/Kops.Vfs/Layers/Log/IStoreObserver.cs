namespace Kops.Vfs.Layers.Log;

/// <summary>Is told when a request to a store begins and how it ended: for traces and metrics. Called from many threads.</summary>
public interface IStoreObserver
{
    /// <summary>A request begins.</summary>
    /// <param name="operation">What it does, as in <see cref="StoreRequest.Operation"/>.</param>
    /// <param name="path">The full path.</param>
    /// <returns>What is handed back when it ends; null for nothing.</returns>
    object? Began(string operation, string path);

    /// <summary>A request has ended.</summary>
    /// <param name="began">What its beginning gave.</param>
    /// <param name="request">How it ended.</param>
    void Ended(object? began, StoreRequest request);
}
