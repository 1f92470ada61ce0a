using Kops.Cli.CommandLine;
using Kops.Cli.Hosting;
using Kops.Operations.Objects;

namespace Kops.Cli.Input;

/// <summary>Objects that the user hands in with <c>-f</c>.</summary>
internal static class InputObjects
{
    /// <summary>
    /// All objects of the files, sorted by cluster; <c>-</c> is standard input. Files are read before anything is done with any.
    /// </summary>
    /// <exception cref="CommandException">A file is not there, or there is nothing in them.</exception>
    /// <exception cref="Api.InvalidObjectException">A document is not valid.</exception>
    public static async Task<IReadOnlyList<ClusterObjects>> ReadAsync(Invocation run, CancellationToken cancellationToken)
    {
        var names = run.Get(InputFlags.Filename);
        if (names.Count == 0)
            throw CommandException.Usage($"name a file with -f, or '-' for standard input (see kops {run.Spec.Path} --help)");
        var documents = new List<SourcedDocument>();
        foreach (var name in names)
        {
            var text = await UserFile.ReadInputAsync(run, name, cancellationToken);
            var source = name == "-" ? "standard input" : name;
            documents.AddRange(ObjectDocuments.Read(run.Session, text, source).Select(document => new SourcedDocument(document, source)));
        }

        if (documents.Count == 0)
            throw CommandException.Failed($"there are no objects in {string.Join(", ", names)}");
        return ClusterObjects.Sort(run.Session, documents, run.Get(GlobalFlags.Name) is { Length: > 0 } cluster ? cluster : null);
    }
}
