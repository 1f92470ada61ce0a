using Kops.Api.Diff;
using Kops.Cli.Hosting;

namespace Kops.Cli.Output;

/// <summary>Colours, where the console shows them.</summary>
internal static class Ansi
{
    public static string Paint(this KopsConsole console, ChangeKind kind, string text) =>
        !console.HasColor
            ? text
            : kind switch
            {
                ChangeKind.Added => $"\e[32m{text}\e[0m",
                ChangeKind.Removed => $"\e[31m{text}\e[0m",
                _ => $"\e[33m{text}\e[0m",
            };
}
