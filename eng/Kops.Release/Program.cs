using System.Globalization;
using Kops.Release;

// kops-release VERSION RID PROGRAM PACKAGES OUT: from the native program and the NuGet packages all else that a release has, each file the
// same for the same input. Called by eng/release.sh, which makes those.
if (args is not [var version, var rid, var program, var packages, var output])
{
    Console.Error.WriteLine("Usage: kops-release VERSION RID PROGRAM PACKAGES OUT");
    return 2;
}

var seconds = Environment.GetEnvironmentVariable("SOURCE_DATE_EPOCH") ?? "0";
var time = DateTimeOffset.FromUnixTimeSeconds(long.Parse(seconds, CultureInfo.InvariantCulture));
var top = Environment.GetEnvironmentVariable("KOPS_TOP") ?? Environment.CurrentDirectory;
var content = ReleaseContent.Gather(top, program);
Directory.CreateDirectory(output);
string At(string name) => Path.Combine(output, name);

TarArchive.WriteGzip(At($"kops-{version}-{rid}.tar.gz"), content.Files.Select(file => file.Below($"kops-{version}-{rid}/")), time);
if (Architecture.Of(rid) is { } architecture)
{
    DebianPackage.Write(At($"kops_{version}_{architecture.Debian}.deb"), version, architecture.Debian, content, time);
    ContainerImage.Write(At($"kops-{version}-{rid}.oci.tar"), version, architecture.Oci, program, time);
}

foreach (var package in Directory.EnumerateFiles(packages).Where(file => Path.GetExtension(file) is ".nupkg" or ".snupkg"))
    NuGetPackage.Settle(package, At(Path.GetFileName(package)), time);
BillOfMaterials.Write(At($"kops-{version}.cdx.json"), version, Path.Combine(top, "src/Kops.Cli/packages.lock.json"), time);
Checksums.Write(output);
foreach (var file in Directory.EnumerateFiles(output).Order(StringComparer.Ordinal))
    Console.WriteLine($"{new FileInfo(file).Length, 12:N0}  {Path.GetFileName(file)}");
return 0;
