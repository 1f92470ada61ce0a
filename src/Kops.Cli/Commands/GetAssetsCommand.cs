using Kops.Api.Documents;
using Kops.Build;
using Kops.Cli.Addons;
using Kops.Cli.CommandLine;
using Kops.Cli.Hosting;
using Kops.Cli.Input;
using Kops.Cli.Output;
using Kops.Operations.Assets;

namespace Kops.Cli.Commands;

/// <summary><c>kops get assets</c>: what machines get from elsewhere, and with <c>--copy</c> the files of it into a repository.</summary>
internal static class GetAssetsCommand
{
    // The longest program that a machine downloads has a tenth of that.
    private const long LongestFile = 1L << 30;

    private static readonly Flag<bool> Copy = Flag.Switch(
        "copy",
        "Copy the files to the repository of the cluster, spec.assets.fileRepository"
    );

    public static CommandSpec Spec { get; } =
        new("get assets", "Show the images and files that a cluster needs")
        {
            Arguments = "[CLUSTER]",
            MaxArguments = 1,
            Values = ValueSource.Cluster,
            Description =
                "The list says where each comes from (canonical) and where the machines get it\n"
                + "(download): the same, unless spec.assets of the cluster names a registry, a\n"
                + "proxy or a repository of its own.\n"
                + "\n"
                + "--copy lays the files into that repository, spec.assets.fileRepository, each\n"
                + "with its hash beside it, where that is the address of a bucket of S3 or Google\n"
                + "Cloud Storage. Files are checked by their hash, and what is there already\n"
                + "stays. Images are not copied; tools for registries do that, such as skopeo.",
            Examples =
            [
                ("Show them", "kops get assets demo.example.com"),
                ("Into the cluster's own repository", "kops get assets demo.example.com --copy"),
                ("In a script", "kops get assets demo.example.com -o json"),
            ],
            Flags = [Copy, .. AddonFlags.OfSource],
            Run = RunAsync,
        };

    private static async Task<int> RunAsync(Invocation run, CancellationToken cancellationToken)
    {
        var format = run.OutputFormat();
        var state = await run.Session.ReadClusterAsync(ClusterNames.Find(run), cancellationToken);
        var options = await AddonFlags.AddToAsync(run, new(), cancellationToken);
        var assets = await ListAssets.RunAsync(run.Session, state, options, cancellationToken);
        var isComplete = !run.Get(Copy) || await CopyAsync(run, assets, cancellationToken);
        if (format is OutputFormat.Table)
            WriteTables(run.Host.Console, assets);
        else
            run.Out.Write(format is OutputFormat.Yaml ? NodeText.ToYaml(ToNode(assets)) : NodeText.ToJson(ToNode(assets)));
        if (assets.UnknownAddons.Count > 0)
            run.Error.WriteLine(
                $"Note: without the images of addons whose manifests nobody has: {string.Join(", ", assets.UnknownAddons)}"
            );
        return isComplete ? ExitCode.Done : ExitCode.Failed;
    }

    private static async Task<bool> CopyAsync(Invocation run, ClusterAssets assets, CancellationToken cancellationToken)
    {
        var copy = new CopyAssets(
            (address, token) => WebFile.ReadAsync(run.Host, address, LongestFile, token),
            path => run.Stores.Resolve(path)
        );
        var copied = await copy.RunAsync(assets.Files, happened => EventText.Write(run, happened), cancellationToken);
        run.Error.WriteLine(
            copied is { Copied: 0, Kept: 0, Failed: 0 }
                ? "No files to copy: the cluster has no spec.assets.fileRepository."
                : $"Files: {copied.Copied} copied, {copied.Kept} there already, {copied.Failed} failed."
        );
        var images = assets.Images.Where(image => image.Download != image.Canonical).ToList();
        if (images.Count > 0)
            run.Error.WriteLine(
                $"Images: {images.Count} are pulled from elsewhere than their makers, and were not copied. This copies one:\n"
                    + $"  skopeo copy --all docker://{images[0].Canonical} docker://{images[0].Download}"
            );
        return copied.Failed == 0 && images.Count == 0;
    }

    private static void WriteTables(KopsConsole console, ClusterAssets assets)
    {
        console.Out.WriteLine();
        TextTable.Write(console, ["CANONICAL", "DOWNLOAD"], assets.Images.Select(image => new[] { image.Canonical, image.Download }));
        console.Out.WriteLine();
        TextTable.Write(
            console,
            ["CANONICAL", "DOWNLOAD", "SHA"],
            assets.Files.Select(file => new[] { file.Canonical, file.Download, file.Sha256 })
        );
    }

    // The fields of kOps, in its order.
    private static MappingNode ToNode(ClusterAssets assets)
    {
        var (images, files) = (new SequenceNode(), new SequenceNode());
        foreach (var image in assets.Images)
            images.Add(new MappingNode { ["canonical"] = ScalarNode.Of(image.Canonical), ["download"] = ScalarNode.Of(image.Download) });
        foreach (var file in assets.Files)
            files.Add(
                new MappingNode
                {
                    ["canonical"] = ScalarNode.Of(file.Canonical),
                    ["download"] = ScalarNode.Of(file.Download),
                    ["sha"] = ScalarNode.Of(file.Sha256),
                }
            );
        return new MappingNode { ["images"] = images, ["files"] = files };
    }
}
