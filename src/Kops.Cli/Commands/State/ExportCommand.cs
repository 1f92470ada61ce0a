using Kops.Cli.CommandLine;
using Kops.Cli.Hosting;
using Kops.Cli.Input;
using Kops.Operations.Bundles;
using Kops.StateStore.Transfer;

namespace Kops.Cli.Commands.State;

/// <summary><c>kops state export</c>.</summary>
internal static class ExportCommand
{
    private static readonly Flag<string?> Output = Flag.Text("output", "The file to write") with { Short = "o", Values = ValueSource.File };

    private static readonly Flag<bool> Backups = Flag.Switch("backups", "The backups of etcd too");

    public static CommandSpec Spec { get; } =
        new("state export", "Write a cluster's files into one archive")
        {
            Arguments = "[CLUSTER]",
            MaxArguments = 1,
            Values = ValueSource.Cluster,
            Description =
                "tar, compressed with zstd, encrypted with age where --recipient or --passphrase-file is given. Private keys and "
                + "secrets are in it,\nso keep it as safe as the cluster.",
            Examples =
            [
                (
                    "For somebody who has an age key",
                    "kops state export demo.example.com -o demo.tar.zst.age --recipient "
                        + "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"
                ),
                ("With a passphrase", "kops state export demo.example.com -o demo.tar.zst.age --passphrase-file pass.txt"),
                ("Not encrypted", "kops state export demo.example.com -o demo.tar.zst"),
            ],
            Flags = [Output, Backups, BundleKeys.Recipients, BundleKeys.PassphraseFile],
            Run = RunAsync,
        };

    private static async Task<int> RunAsync(Invocation run, CancellationToken cancellationToken)
    {
        if (run.Get(Output) is not { Length: > 0 } path)
            throw CommandException.Usage("-o is required: name the file to write, such as -o bundle.tar.zst");
        var options = new ExportOptions { WithBackups = run.Get(Backups), Keys = BundleKeys.ToEncrypt(run) };
        var name = ClusterNames.Find(run);
        var meter = new TransferMeter();
        await using (new TransferDisplay(run, meter, "exporting"))
            await ExportCluster.RunAsync(run.Session, name, path, options, meter, cancellationToken);
        var isEncrypted = options.Keys.Count > 0;
        run.Out.WriteLine(
            $"Exported cluster \"{name}\" to {path}: {Sizes.Files(meter.Copied)}, "
                + $"{Sizes.Text(meter.CopiedBytes)}{(isEncrypted ? ", encrypted" : string.Empty)}."
        );
        if (!isEncrypted)
            run.Error.WriteLine("Warning: it holds private keys and is not encrypted; --recipient or --passphrase-file encrypts it.");
        return ExitCode.Done;
    }
}
