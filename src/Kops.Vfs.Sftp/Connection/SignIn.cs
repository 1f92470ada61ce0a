using Kops.Vfs.Sftp.Configuration;
using Renci.SshNet;
using Renci.SshNet.Common;

namespace Kops.Vfs.Sftp.Connection;

/// <summary>The keys and passwords with which a user signs in: those of the agent, those of files, then the password.</summary>
internal sealed class SignIn : IDisposable
{
    private readonly List<IDisposable> _opened = [];

    private SignIn(IReadOnlyList<AuthenticationMethod> methods, IReadOnlyList<string> tried) => (Methods, Tried) = (methods, tried);

    /// <summary>What is offered to the server, in order.</summary>
    internal IReadOnlyList<AuthenticationMethod> Methods { get; }

    /// <summary>The same in words, for the message when nothing helped.</summary>
    internal IReadOnlyList<string> Tried { get; }

    /// <summary>Collects them.</summary>
    /// <exception cref="StoreException">A key that was named cannot be used, or there is nothing at all.</exception>
    internal static SignIn Prepare(SftpOptions options, string address)
    {
        var keys = new List<IPrivateKeySource>();
        var tried = new List<string>();
        var passedOver = new List<string>();
        if (options.AgentSocket is { } socket)
        {
            foreach (var key in new SshAgent(socket).Keys())
            {
                keys.Add(key);
                tried.Add($"the agent's key '{key.Comment}'");
            }
        }

        var files = new List<IDisposable>();
        foreach (var file in options.KeyFiles.Split(':', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!options.KeyFilesAreNamed && !File.Exists(file))
                continue;
            if (Open(file, options, address, passedOver) is not { } key)
                continue;
            keys.Add(key);
            files.Add(key);
            tried.Add(file);
        }

        var methods = new List<AuthenticationMethod>();
        if (keys.Count > 0)
            methods.Add(new PrivateKeyAuthenticationMethod(options.User, [.. keys]));
        if (options.Password is { } password)
        {
            methods.Add(new PasswordAuthenticationMethod(options.User, password));
            var asked = new KeyboardInteractiveAuthenticationMethod(options.User);
            asked.AuthenticationPrompt += (_, e) =>
            {
                foreach (var prompt in e.Prompts)
                    prompt.Response = password;
            };
            methods.Add(asked);
            tried.Add("the password");
        }

        tried.AddRange(passedOver);
        if (methods.Count == 0)
        {
            throw new StoreException(
                StoreErrorKind.Unauthenticated,
                "open",
                address,
                passedOver.Count > 0
                    ? $"there is nothing to sign in with but {string.Join(", ", passedOver)}; set KOPS_SSH_PASSPHRASE, or add the key "
                        + $"to an agent with ssh-add"
                    : "there is no key to sign in with: no agent (SSH_AUTH_SOCK), no key in ~/.ssh; name one with KOPS_SSH_KEY, or set "
                        + "KOPS_SSH_PASSWORD"
            );
        }

        var signIn = new SignIn(methods, tried);
        signIn._opened.AddRange(files);
        signIn._opened.AddRange(methods.OfType<IDisposable>());
        return signIn;
    }

    /// <inheritdoc/>
    public void Dispose() => _opened.ForEach(opened => opened.Dispose());

    private static PrivateKeyFile? Open(string file, SftpOptions options, string address, List<string> passedOver)
    {
        try
        {
            return new PrivateKeyFile(file, options.Passphrase);
        }
        catch (SshPassPhraseNullOrEmptyException) when (!options.KeyFilesAreNamed)
        {
            passedOver.Add($"{file}, which is encrypted");
            return null;
        }
        catch (SshPassPhraseNullOrEmptyException e)
        {
            throw Wrong($"the key {file} is encrypted; set KOPS_SSH_PASSPHRASE, or add it to an agent with ssh-add", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Wrong($"the key {file} cannot be read ({e.Message})", e);
        }
        catch (Exception e) when (e is not (OutOfMemoryException or OperationCanceledException))
        {
            // What the parsers of keys throw for a wrong passphrase or broken text is of many kinds.
            throw Wrong(
                options.Passphrase is null
                    ? $"{file} holds no private key that can be used ({e.Message})"
                    : $"the key {file} cannot be opened: the passphrase is wrong, or the file is broken ({e.Message})",
                e
            );
        }

        StoreException Wrong(string problem, Exception cause) =>
            new(StoreErrorKind.Unauthenticated, "open", address, problem, false, cause);
    }
}
