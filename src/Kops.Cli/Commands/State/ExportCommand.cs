using Kops.Cli.Clusters;
using Kops.Cli.CommandLine;
using Kops.Cli.Hosting;
using Kops.Cli.Settings;
using Kops.StateStore.Bundles;
using Kops.StateStore.Transfer;

namespace Kops.Cli.Commands.State;

/// <summary><c>kops state export</c>.</summary>
internal static class ExportCommand
{
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
            Flags =
            [
                Flag.Text("output", "The file to write") with
                {
                    Short = "o",
                    Values = ValueSource.File,
                },
                Flag.Switch("backups", "The backups of etcd too"),
                BundleKeys.Recipients,
                BundleKeys.PassphraseFile,
            ],
            Run = RunAsync,
        };

    private static async Task<int> RunAsync(Invocation run, CancellationToken cancellationToken)
    {
        if (run.Flags.Text("output") is not { Length: > 0 } path)
            throw CommandException.Usage("-o is required: name the file to write, such as -o bundle.tar.zst");
        if (Directory.Exists(path))
            throw CommandException.Usage(
                $"-o {path} is a directory: name the file to write, such as -o {Path.Join(path, "bundle.tar.zst")}"
            );
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } directory && !Directory.Exists(directory))
            throw CommandException.Usage($"-o {path}: there is no directory {directory}; make it first");
        var keys = BundleKeys.ToEncrypt(run);
        var state = await run.ReadClusterAsync(ClusterNames.Find(run), cancellationToken);
        var meter = new TransferMeter();

        // Beside its place and put there when it is whole: nobody takes a half for a backup. Nobody else may read it.
        var part = path + ".part";
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            await using (var file = new FileStream(part, options))
            {
                await using var display = new TransferDisplay(run, meter, "exporting");
                await BundleWriter.WriteAsync(state, file, run.Flags.IsOn("backups"), keys, meter, cancellationToken);
                file.Flush(flushToDisk: true);
            }

            File.Move(part, path, overwrite: true);
        }
        finally
        {
            File.Delete(part);
        }

        run.Out.WriteLine(
            $"Exported cluster \"{state.Name}\" to {path}: {Sizes.Files(meter.Copied)}, "
                + $"{Sizes.Text(meter.CopiedBytes)}{(keys.Count > 0 ? ", encrypted" : string.Empty)}."
        );
        if (keys.Count == 0)
            run.Error.WriteLine("Warning: it holds private keys and is not encrypted; --recipient or --passphrase-file encrypts it.");
        return ExitCode.Done;
    }
}
