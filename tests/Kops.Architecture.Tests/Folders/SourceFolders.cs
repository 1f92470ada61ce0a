namespace Kops.Architecture.Tests.Folders;

/// <summary>Where the types of a project are written. A file is named after its type.</summary>
internal sealed class SourceFolders(string project)
{
    private readonly ILookup<string, string> _folders = Repository
        .Sources(Path.Combine("src", project))
        .ToLookup(file => Path.GetFileName(file).Split('.')[0], FolderOf, StringComparer.Ordinal);

    /// <summary>The folder, written as a namespace; its namespace where no file, or more than one, bears the name.</summary>
    public string Of(Type type) =>
        _folders[type.Name.Split('`')[0]].Distinct(StringComparer.Ordinal).ToList() is [var only] ? only : type.Namespace!;

    private static string FolderOf(string file) =>
        Path.GetRelativePath(Path.Combine(Repository.Root, "src"), Path.GetDirectoryName(file)!).Replace(Path.DirectorySeparatorChar, '.');
}
