using Xunit;

namespace Kops.Cli.Tests.Support;

/// <summary>A cluster to work on.</summary>
internal static class DeskClusters
{
    public const string Name = "demo.example.com";

    /// <summary>Creates the cluster in the default store.</summary>
    public static async Task<string> CreateAsync(this Desk desk, string name = Name, params string[] flags)
    {
        var run = await desk.RunAsync(["create", "cluster", name, "--zones", "us-east-1a,us-east-1b", .. flags]);
        Assert.True(run.ExitCode == 0, run.Error);
        return desk.PathOf($".kops/state/{name}");
    }

    /// <summary>Makes a script the user's editor; it is given the file as <c>$1</c>.</summary>
    public static void UseEditor(this Desk desk, string script)
    {
        var path = desk.Write("editor.sh", $"#!/bin/sh\n{script}\n");
        desk.Environment["EDITOR"] = $"sh {path}";
    }

    /// <summary>The files below a directory and their contents.</summary>
    public static IReadOnlyDictionary<string, string> Snapshot(string directory) =>
        Directory.Exists(directory)
            ? Directory
                .EnumerateFiles(directory, "*", SearchOption.AllDirectories)
                .ToDictionary(file => Path.GetRelativePath(directory, file), File.ReadAllText)
            : new Dictionary<string, string>();
}
