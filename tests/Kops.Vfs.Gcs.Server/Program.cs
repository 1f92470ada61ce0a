// Cloud Storage on loopback, for tests of other programs: prints what they need as NAME=VALUE, then READY, and runs until its standard
// input is closed.
using Kops.Vfs.Gcs.Server;
using Kops.Vfs.Gcs.Server.Identity;

await using var server = await GcsServer.StartAsync(
    new GcsServerOptions { Port = args is [var port] ? int.Parse(port, System.Globalization.CultureInfo.InvariantCulture) : 0 }
);
var file = Path.Combine(server.Directory, "credentials.json");
await File.WriteAllTextAsync(file, server.Accounts.Owner.KeyFile(server.Address));
Console.WriteLine($"GCS_ENDPOINT={server.Address.AbsoluteUri.TrimEnd('/')}");
Console.WriteLine($"GOOGLE_APPLICATION_CREDENTIALS={file}");
Console.WriteLine("READY");
while (Console.ReadLine() is not null) { }
