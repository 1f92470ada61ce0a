using Kops.Api;
using Kops.Api.Codec;
using Kops.Cli.CommandLine;
using Kops.Cli.Hosting;
using Kops.StateStore.Files;

namespace Kops.Cli.Clusters;

/// <summary>Objects that the user hands in.</summary>
internal static class ObjectFile
{
    /// <summary>The one object of a text.</summary>
    /// <exception cref="InvalidObjectException">It is not one object of that kind.</exception>
    public static T One<T>(Invocation run, ReadOnlyMemory<byte> text, string source)
        where T : KopsObject
    {
        var documents = Decode(run, text, source);
        return documents is [{ Object: T found }]
            ? found
            : throw new InvalidObjectException(
                source,
                [new Problem(string.Empty, $"expected one {typeof(T).Name}, found {Found(documents)}")]
            );
    }

    /// <summary>All documents of the files that <c>-f</c> names, in their order; <c>-</c> is standard input.</summary>
    /// <exception cref="CommandException">A file is not there.</exception>
    /// <exception cref="InvalidObjectException">A document is not valid; files are read before anything is done with any.</exception>
    public static async Task<IReadOnlyList<(ApiDocument Document, string Source)>> ReadAsync(
        Invocation run,
        CancellationToken cancellationToken
    )
    {
        var names = run.Flags.List("filename");
        if (names.Count == 0)
            throw CommandException.Usage($"name a file with -f, or '-' for standard input (see kops {run.Spec.Path} --help)");
        var documents = new List<(ApiDocument, string)>();
        foreach (var name in names)
        {
            var text = await ReadInputAsync(run, name, cancellationToken);
            var source = name == "-" ? "standard input" : name;
            documents.AddRange(Decode(run, text, source).Select(document => (document, source)));
        }

        return documents.Count > 0 ? documents : throw CommandException.Failed($"there are no objects in {string.Join(", ", names)}");
    }

    /// <summary>What is piped in for <c>-</c>, else a file.</summary>
    /// <exception cref="CommandException">It is not there.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadInputAsync(Invocation run, string name, CancellationToken cancellationToken) =>
        name == "-"
            ? System.Text.Encoding.UTF8.GetBytes(
                await Task.Run(run.Host.Console.In.ReadToEnd, cancellationToken).WaitAsync(cancellationToken)
            ) // waiting for a terminal cannot be stopped, so it is left
            : await ReadAsync(run, name, cancellationToken);

    /// <summary>A file of the user's, on this machine, in any store or on the web.</summary>
    /// <exception cref="CommandException">It is not there.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(Invocation run, string name, CancellationToken cancellationToken)
    {
        if (WebFile.IsAddress(name))
            return await WebFile.ReadAsync(name, cancellationToken);
        var file = await StoredFile.ReadAsync(run.Stores.Resolve(name), cancellationToken);
        if (file.Exists)
            return file.Bytes;
        throw Directory.Exists(name)
            ? CommandException.Failed($"{name} is a directory; name the files in it")
            : CommandException.NotFound($"there is no file {name}");
    }

    private static IReadOnlyList<ApiDocument> Decode(Invocation run, ReadOnlyMemory<byte> text, string source)
    {
        var documents = Read(run, text, source);
        foreach (var field in documents.SelectMany(document => document.UnknownFields))
            run.Error.WriteLine($"Warning: {source}:{field.Position}: {field.Path} is kept, though this program does not know it");
        foreach (var field in documents.SelectMany(document => document.DroppedFields))
            run.Error.WriteLine($"Warning: {source}:{field.Position}: {field}");
        return documents;
    }

    private static IReadOnlyList<ApiDocument> Read(Invocation run, ReadOnlyMemory<byte> text, string source)
    {
        try
        {
            return KopsCodec.Decode(text, source, run.AllowsUnknownFields() ? UnknownFieldPolicy.Keep : UnknownFieldPolicy.Refuse);
        }
        catch (InvalidObjectException invalid)
            when (run.Takes(Replacing.AllowUnknownFlag) && invalid.Problems.Any(problem => problem.IsUnknownField))
        {
            throw new InvalidObjectException(
                source,
                [.. invalid.Problems, new(string.Empty, $"fields of a newer kOps are kept with --{Replacing.AllowUnknownFlag.Name}")]
            );
        }
    }

    private static string Found(IReadOnlyList<ApiDocument> documents) =>
        documents.Count == 1 ? $"{documents[0].Root["kind"]}" : $"{documents.Count} documents";
}
