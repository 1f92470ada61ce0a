using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Kops.Release.Tests.Packages;

/// <summary>
/// The programs of a page: each block of C# with the packages that the lines <c>dotnet add package</c> before it name, as a reader would
/// make a project of it.
/// </summary>
internal static partial class PagePrograms
{
    private static readonly Dictionary<string, string> Versions = XDocument
        .Load(Repository.At("Directory.Packages.props"))
        .Descendants("PackageVersion")
        .ToDictionary(package => (string)package.Attribute("Include")!, package => (string)package.Attribute("Version")!);

    /// <summary>The pages whose programs are built and run.</summary>
    public static IReadOnlyList<string> Pages { get; } = ["docs/library.md", "src/Kops.Vfs/README.md"];

    /// <summary>All of them.</summary>
    public static IEnumerable<PageProgram> All() => Pages.SelectMany(Of);

    private static IEnumerable<PageProgram> Of(string page)
    {
        var text = File.ReadAllText(Repository.At(page));
        var start = 0;
        var number = 0;
        foreach (Match block in Block().Matches(text))
        {
            var packages = Package().Matches(text[start..block.Index]).Select(line => line.Groups["name"].Value);
            start = block.Index + block.Length;
            yield return new PageProgram(
                $"{page.Split('/')[^2]}-{Path.GetFileNameWithoutExtension(page)}-{++number}".ToLowerInvariant(),
                [.. packages],
                block.Groups["code"].Value
            );
        }
    }

    /// <summary>Writes a project for each program below a directory, and one solution for these and the samples.</summary>
    public static string Write(string directory)
    {
        Directory.CreateDirectory(directory);
        File.WriteAllText(Path.Combine(directory, ".editorconfig"), "root = true\n");
        foreach (var name in (string[])["Directory.Build.props", "Directory.Packages.props"])
            File.WriteAllText(
                Path.Combine(directory, name),
                $"<Project><Import Project=\"{Repository.At("samples", name)}\" /></Project>\n"
            );
        File.WriteAllText(
            Path.Combine(directory, "nuget.config"),
            File.ReadAllText(Repository.At("samples/nuget.config"))
                .Replace("../artifacts/packages", Repository.At("artifacts/packages"), StringComparison.Ordinal)
        );
        var projects = Directory.EnumerateFiles(Repository.At("samples"), "*.csproj", SearchOption.AllDirectories).ToList();
        projects.AddRange(All().Select(program => Write(program, directory)));
        var solution = Path.Combine(directory, "All.slnx");
        File.WriteAllText(
            solution,
            $"<Solution>{string.Concat(projects.Select(project => $"<Project Path=\"{project}\" />"))}</Solution>\n"
        );
        return solution;
    }

    /// <summary>Writes the project of a program.</summary>
    public static string Write(PageProgram program, string directory)
    {
        var project = Path.Combine(directory, program.Name, program.Name + ".csproj");
        Directory.CreateDirectory(Path.GetDirectoryName(project)!);
        var references = program.Packages.Select(package =>
            $"<PackageReference Include=\"{package}\" Version=\"{Versions.GetValueOrDefault(package, "$(KopsVersion)")}\" />"
        );
        File.WriteAllText(
            project,
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><OutputType>Exe</OutputType></PropertyGroup>
              <ItemGroup>{string.Concat(references)}</ItemGroup>
            </Project>

            """
        );
        File.WriteAllText(Path.Combine(directory, program.Name, "Program.cs"), program.Code);
        return project;
    }

    [GeneratedRegex("^```csharp\n(?<code>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Block();

    [GeneratedRegex("^    dotnet add package (?<name>\\S+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Package();
}
