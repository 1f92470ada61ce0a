// A worker that tells which clusters of a state store have changed.
//
//   dotnet run --project samples/cluster-watch -- --Watch:Store=s3://my-state --Watch:Every=00:01:00
using ClusterWatch;
using Kops.Vfs.S3;
using Kops.Vfs.S3.Configuration;

var builder = Host.CreateApplicationBuilder(args);
builder.Services.AddKopsVfs(vfs =>
    vfs.AddLocalStores()
        .AddStores(S3Stores.Kind, (_, _) => S3Presets.Aws)
        .AddPlace("state", services => services.GetRequiredService<IConfiguration>()["Watch:Store"]!)
);
builder.Services.AddHostedService<ClusterWatcher>();
builder.Build().Run();
