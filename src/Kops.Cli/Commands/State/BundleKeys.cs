using Kops.Cli.CommandLine;
using Kops.Cli.Hosting;
using Kops.Cli.Settings;
using Kops.StateStore.Bundles.Age;

namespace Kops.Cli.Commands.State;

/// <summary>The keys of encrypted bundles. Passphrases and identities come from files, so that no list of processes shows them.</summary>
internal static class BundleKeys
{
    public static Flag<string?> PassphraseFile { get; } =
        Flag.Text("passphrase-file", "File whose first line is the passphrase") with
        {
            Values = ValueSource.File,
        };

    public static Flag<IReadOnlyList<string>> Recipients { get; } =
        Flag.List("recipient", "Encrypt for this age recipient, age1...; may be repeated");

    public static Flag<string?> IdentityFile { get; } =
        Flag.Text("identity", "File with an age identity, as age-keygen writes it") with
        {
            Values = ValueSource.File,
        };

    /// <summary>Who may open what is written; nobody named: everybody.</summary>
    public static IReadOnlyList<AgeKey> ToEncrypt(Invocation run) =>
        Checked<IReadOnlyList<AgeKey>>(() =>
            [
                .. run.Get(PassphraseFile) is { Length: > 0 } file ? [AgeKey.FromPassphrase(Passphrase(file))] : (AgeKey[])[],
                .. run.Get(Recipients).Select(AgeKey.FromRecipient),
            ]
        );

    /// <summary>What opens what is read; null when nothing was named.</summary>
    public static AgeKey? ToDecrypt(Invocation run) =>
        Checked(() =>
            run.Get(IdentityFile) is { Length: > 0 } file
                ? AgeKey.FromIdentity(
                    LimitedFile.ReadLines(file).FirstOrDefault(line => line.Length > 0 && line[0] != '#')?.Trim() ?? string.Empty
                )
            : run.Get(PassphraseFile) is { Length: > 0 } passphrase ? AgeKey.FromPassphrase(Passphrase(passphrase))
            : null
        );

    private static string Passphrase(string file) =>
        LimitedFile.ReadLines(file).FirstOrDefault() is { Length: > 0 } line
            ? line
            : throw CommandException.Usage($"--passphrase-file: the first line of {file} is empty");

    private static T Checked<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (AgeException wrong)
        {
            throw CommandException.Usage(wrong.Message);
        }
    }
}
