using Kops.Vfs.Drivers;
using Kops.Vfs.Files;
using Kops.Vfs.Layers.Check;
using Kops.Vfs.Layers.Stack;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Kops.Vfs.Extensions;

/// <summary>Says which stores a program has.</summary>
public sealed class VfsBuilder
{
    private const string ProbePrefix = ".kops-vfs/probe/";
    private readonly List<Action<IServiceProvider, StoreRegistry>> _kinds = [];

    internal VfsBuilder(IServiceCollection services) => Services = services;

    /// <summary>The collection that stores are added to.</summary>
    public IServiceCollection Services { get; }

    /// <summary>Adds plain paths, <c>file://</c> and <c>memfs://</c>.</summary>
    /// <param name="workingDirectory">What relative paths are relative to; null for the directory of the process.</param>
    public VfsBuilder AddLocalStores(string? workingDirectory = null)
    {
        _kinds.Add(
            (services, registry) =>
                registry.AddStandardStores(
                    Clock(services),
                    workingDirectory ?? Environment.CurrentDirectory,
                    store => StoreLayers.Apply(store, Observed(services))
                )
        );
        return this;
    }

    /// <summary>Adds the stores of a driver.</summary>
    /// <param name="kind">The driver's kind, such as <c>S3Stores.Kind</c>.</param>
    /// <param name="options">
    /// How a path is reached: credentials and endpoint, from wherever the program keeps them. Asked when a place is first opened.
    /// </param>
    /// <param name="network">What holds for all of them; null for the defaults.</param>
    /// <typeparam name="TOptions">The driver's options.</typeparam>
    public VfsBuilder AddStores<TOptions>(
        DriverKind<TOptions> kind,
        Func<IServiceProvider, string, TOptions> options,
        NetworkStoreOptions? network = null
    )
        where TOptions : notnull
    {
        ArgumentNullException.ThrowIfNull(kind);
        ArgumentNullException.ThrowIfNull(options);
        network ??= new NetworkStoreOptions();
        _kinds.Add(
            (services, registry) =>
                new StoreOpener<TOptions>(
                    kind,
                    path => options(services, path),
                    Clock(services),
                    (store, _) =>
                        StoreLayers.Apply(
                            store,
                            Observed(services) with
                            {
                                MaxConcurrency = network.MaxConcurrency,
                                Check = new CheckOptions { ProbePrefix = network.TriesConditions ? ProbePrefix : null },
                            }
                        )
                ).AddTo(registry)
        );
        return this;
    }

    /// <summary>Gives a place a name, by which a <see cref="VfsPath"/> is asked for as a keyed service.</summary>
    /// <param name="name">The name.</param>
    /// <param name="address">The place: <c>s3://bucket/settings</c>. It is opened when it is first asked for.</param>
    public VfsBuilder AddPlace(string name, string address) => AddPlace(name, _ => address);

    /// <summary>Gives a place a name, whose address is known only then: from the program's configuration, say.</summary>
    /// <param name="name">The name.</param>
    /// <param name="address">Tells the address when the place is first asked for.</param>
    public VfsBuilder AddPlace(string name, Func<IServiceProvider, string> address)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(address);
        Services.AddKeyedSingleton(name, (services, _) => services.GetRequiredService<StoreRegistry>().Resolve(address(services)));
        return this;
    }

    /// <summary>The stores, as the container makes them.</summary>
    internal StoreRegistry Open(IServiceProvider services)
    {
        var registry = new StoreRegistry();
        foreach (var add in _kinds)
            add(services, registry);
        return registry;
    }

    private static TimeProvider Clock(IServiceProvider services) => services.GetService<TimeProvider>() ?? TimeProvider.System;

    private static StoreLayerOptions Observed(IServiceProvider services) =>
        new()
        {
            Clock = Clock(services),
            Observer = new StoreTelemetry(services.GetService<ILoggerFactory>()?.CreateLogger(StoreTelemetry.Name)),
        };
}
