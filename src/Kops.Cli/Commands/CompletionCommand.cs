using Kops.Cli.CommandLine;
using Kops.Cli.Hosting;
using Kops.Cli.WordCompletion;

namespace Kops.Cli.Commands;

/// <summary>
/// <c>kops completion SHELL</c>: prints the script that teaches a shell to complete; see <see cref="WordRequest"/>.
/// </summary>
internal static class CompletionCommand
{
    private static readonly Flag<bool> NoDescriptions = Flag.Switch("no-descriptions", "Propose names without what they mean");

    public static IReadOnlyList<CommandSpec> Specs { get; } =
    [
        new("completion", "Print the completion script of a shell"),
        Of("bash", "kops.bash", "source <(kops completion bash)"),
        Of("fish", "kops.fish", "kops completion fish | source"),
        Of("powershell", "kops.ps1", "kops completion powershell | Out-String | Invoke-Expression"),
        Of("zsh", "kops.zsh", "source <(kops completion zsh)"),
    ];

    private static CommandSpec Of(string shell, string resource, string use) =>
        new($"completion {shell}", $"Print the completion script for {shell}")
        {
            Examples = [("Complete commands, flags, cluster and group names in this shell", use)],
            Flags = [NoDescriptions],
            Run = (run, _) =>
            {
                using var stream = typeof(CompletionCommand).Assembly.GetManifestResourceStream(resource)!;
                using var reader = new StreamReader(stream);
                var script = reader.ReadToEnd();
                if (run.Get(NoDescriptions))
                    script = script.Replace(WordRequest.Word, WordRequest.PlainWord, StringComparison.Ordinal);
                run.Out.Write(script);
                return Task.FromResult(ExitCode.Done);
            },
        };
}
