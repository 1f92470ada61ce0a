using Kops.Cli.Hosting;
using Kops.Cli.Stores;
using Kops.Vfs;
using Kops.Vfs.Files;

namespace Kops.Cli;

internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        using var console = SystemConsole.Open(Environment.GetEnvironmentVariable("NO_COLOR"), Environment.GetEnvironmentVariable("TERM"));
        using var interrupt = new Interrupt(console.Streams.Error);
        var host = new KopsHost(console.Streams, SystemEnvironment.Read(), TimeProvider.System) { HoldInterrupts = interrupt.Hold };
        return await new KopsProgram(host, OpenStores).RunAsync(args, interrupt.Token);

        StoreRegistry OpenStores(StoreAccess access)
        {
            // Before that there is nothing that would have to stop cleanly.
            interrupt.Listen();
            return new StoreRegistry()
                .AddStandardStores(host.Time, Environment.CurrentDirectory, access.WrapLocal, access.Tell)
                .AddRemoteStores(access);
        }
    }
}
