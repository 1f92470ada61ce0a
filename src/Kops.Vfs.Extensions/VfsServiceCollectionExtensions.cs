using Kops.Vfs;
using Kops.Vfs.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds stores to a service collection.</summary>
public static class VfsServiceCollectionExtensions
{
    /// <summary>
    /// Adds a <see cref="StoreRegistry"/> for the life of the container, and a keyed <see cref="VfsPath"/> for each place that has a name:
    /// <c>[FromKeyedServices("settings")] VfsPath settings</c>.
    /// </summary>
    /// <param name="services">The collection.</param>
    /// <param name="configure">Says which kinds of store there are, and which places have names.</param>
    /// <remarks>Stores are closed with the container, which has to be disposed of by <c>DisposeAsync</c>, as hosts do.</remarks>
    public static IServiceCollection AddKopsVfs(this IServiceCollection services, Action<VfsBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        var builder = new VfsBuilder(services);
        configure(builder);
        return services.AddSingleton(builder.Open);
    }
}
