using Kops.Vfs.Sftp.Configuration;
using Polly;
using Polly.Retry;
using Renci.SshNet;

namespace Kops.Vfs.Sftp.Connection;

/// <summary>
/// The connection to a server: made when it is wanted, shared by all requests, made anew when it breaks. The one retry loop of this driver
/// is
/// here, and so every request must be one that may be sent again.
/// </summary>
internal sealed class SftpConnection : IDisposable
{
    private static readonly ResiliencePropertyKey<long> Start = new("kops.start");

    private readonly SftpOptions _options;
    private readonly TimeProvider _clock;
    private readonly SemaphoreSlim _connecting = new(1);
    private readonly ResiliencePipeline _pipeline;
    private SftpClient? _client;

    internal SftpConnection(string address, SftpOptions options, TimeProvider clock)
    {
        (_options, _clock) = (options, clock);
        Errors = new SftpErrors(address, options);
        var builder = new ResiliencePipelineBuilder { TimeProvider = clock };
        if (options.MaxRetries > 0)
        {
            builder.AddRetry(
                new RetryStrategyOptions
                {
                    MaxRetryAttempts = options.MaxRetries,
                    Delay = options.RetryDelay,
                    MaxDelay = options.MaxRetryDelay,
                    BackoffType = DelayBackoffType.Exponential,
                    UseJitter = true,
                    ShouldHandle = arguments =>
                        ValueTask.FromResult(
                            arguments.Outcome.Exception is StoreException { IsTransient: true }
                                && clock.GetElapsedTime(arguments.Context.Properties.GetValue(Start, 0)) < options.RetryFor
                        ),
                }
            );
        }

        _pipeline = builder.Build();
    }

    internal SftpErrors Errors { get; }

    /// <summary>Runs requests until they have been answered, or there is no hope.</summary>
    /// <param name="operation">The driver's member, in the user's words.</param>
    /// <param name="key">The object.</param>
    /// <param name="request">The requests; run again from the start where the connection broke.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="StoreException">They failed.</exception>
    internal async ValueTask<T> RunAsync<T>(
        string operation,
        string key,
        Func<SftpClient, CancellationToken, ValueTask<T>> request,
        CancellationToken cancellationToken
    )
    {
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        try
        {
            context.Properties.Set(Start, _clock.GetTimestamp());
            return await _pipeline
                .ExecuteAsync(
                    async current =>
                    {
                        var client = await ConnectedAsync(operation, key, current.CancellationToken).ConfigureAwait(false);
                        try
                        {
                            return await request(client, current.CancellationToken).ConfigureAwait(false);
                        }
                        catch (Exception e)
                            when (e is not (StoreException or SourceException)
                                && !(e is OperationCanceledException && cancellationToken.IsCancellationRequested)
                            )
                        {
                            var error = Errors.Of(operation, key, e);
                            if (error.IsTransient)
                                Drop(client);
                            throw error;
                        }
                    },
                    context
                )
                .ConfigureAwait(false);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _client?.Dispose();
        _connecting.Dispose();
    }

    private async ValueTask<SftpClient> ConnectedAsync(string operation, string key, CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _client) is { IsConnected: true } open)
            return open;
        await _connecting.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_client is { IsConnected: true } made)
                return made;
            if (_client is { } broken)
                Close(broken);
            return _client = await ConnectAsync(operation, key, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _connecting.Release();
        }
    }

    private async Task<SftpClient> ConnectAsync(string operation, string key, CancellationToken cancellationToken)
    {
        using var signIn = SignIn.Prepare(_options, Errors.Address);
        var hosts = KnownHosts.Read(_options.KnownHostsFiles, _options.Host, _options.Port);
        var info = new ConnectionInfo(_options.Host, _options.Port, _options.User, [.. signIn.Methods])
        {
            Timeout = _options.ConnectTimeout,
        };
        // A server shows one key; it is asked for one of a kind that is known.
        var kinds = hosts.Kinds.ToHashSet(StringComparer.Ordinal);
        foreach (var algorithm in info.HostKeyAlgorithms.Keys.ToList())
        {
            var kind = algorithm.StartsWith("rsa-sha2-", StringComparison.Ordinal) ? "ssh-rsa" : algorithm;
            if (algorithm.Contains("-cert-", StringComparison.Ordinal) || (kinds.Count > 0 && !kinds.Contains(kind)))
                info.HostKeyAlgorithms.Remove(algorithm);
        }

        var client = new SftpClient(info) { OperationTimeout = _options.IdleTimeout };
        (string Kind, byte[] Key)? refused = null;
        client.HostKeyReceived += (_, e) =>
        {
            e.CanTrust = hosts.Knows(e.HostKey);
            if (!e.CanTrust)
                refused = (e.HostKeyName, e.HostKey);
        };
        try
        {
            await client.ConnectAsync(cancellationToken).ConfigureAwait(false);
            return client;
        }
        catch (Exception e) when (!(e is OperationCanceledException && cancellationToken.IsCancellationRequested))
        {
            client.Dispose();
            throw refused is { } shown
                ? Errors.UnknownHost(operation, key, hosts, shown.Kind, shown.Key)
                : Errors.NotConnected(operation, key, e, hosts, signIn.Tried);
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    /// <summary>Gives a connection up that did not answer; the next request makes another.</summary>
    private void Drop(SftpClient client)
    {
        if (Interlocked.CompareExchange(ref _client, null, client) == client)
            Close(client);
    }

    /// <summary>To say good-bye to a server that is gone may take its time, and interests nobody.</summary>
    private static void Close(SftpClient client) => _ = Task.Run(client.Dispose);
}
