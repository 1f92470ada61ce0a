using Kops.Api.Documents;
using Kops.Api.Yaml;
using Kops.Cli.Hosting;

namespace Kops.Cli.Settings;

/// <summary>YAML files that are not kOps objects: configuration, kubeconfig, cloud facts.</summary>
internal static class YamlFile
{
    /// <summary>Reads a file that holds one mapping; an empty file is an empty mapping.</summary>
    /// <exception cref="CommandException">It is not there or cannot be read; the message names it.</exception>
    /// <exception cref="Api.InvalidObjectException">It is no such file; the message names file and line.</exception>
    public static MappingNode Read(string path)
    {
        if (Directory.Exists(path))
            throw CommandException.Failed($"{path} is a directory; name the file in it");
        byte[] text;
        try
        {
            text = LimitedFile.Read(path);
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            throw CommandException.NotFound($"there is no file {path}");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw CommandException.Failed($"{path} cannot be read: {failure.Message}", failure);
        }

        return YamlReader.Read(text, path) switch
        {
            [] => [],
            [{ Root: MappingNode mapping }] => mapping,
            _ => throw CommandException.Failed($"{path}: expected lines such as 'key: value'"),
        };
    }
}
