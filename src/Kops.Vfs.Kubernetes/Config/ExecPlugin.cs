using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Kops.Vfs.Rest.Reading;
using Kops.Vfs.Rest.Requests;

namespace Kops.Vfs.Kubernetes.Config;

/// <summary>
/// Credentials from a program, such as <c>aws eks get-token</c>: kept until they expire, asked for anew once when they are refused. However
/// many
/// requests wait for them, the program runs once.
/// </summary>
/// <remarks>Source: Kubernetes documentation, "client-go credential plugins".</remarks>
internal sealed class ExecPlugin(ExecOptions options, string origin, TimeProvider clock) : ICredentialSource, IDisposable
{
    private readonly SemaphoreSlim _running = new(1);
    private volatile KubeCredential? _known;

    public string Cure => $"sign in again with what '{options.Command}' belongs to";

    public void Dispose() => _running.Dispose();

    public async ValueTask<KubeCredential> GetAsync(CancellationToken cancellationToken)
    {
        if (Fresh is { } known)
            return known;
        await _running.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return Fresh ?? (_known = await RunAsync(cancellationToken).ConfigureAwait(false));
        }
        finally
        {
            _running.Release();
        }
    }

    public bool Forget(KubeCredential refused)
    {
        Interlocked.CompareExchange(ref _known, null, refused);
        return true;
    }

    private KubeCredential? Fresh => _known is { } known && !(known.Expires <= clock.GetUtcNow()) ? known : null;

    private async Task<KubeCredential> RunAsync(CancellationToken cancellationToken)
    {
        if (options.NeedsTerminal)
            throw new SignInException(
                $"the program '{options.Command}' wants a terminal (interactiveMode: Always), which it does not get here; sign in with "
                    + $"kubectl, or use another user ({origin})"
            );
        using var process = new Process
        {
            StartInfo = new ProcessStartInfo(options.Command, options.Arguments)
            {
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        var spec = options.Cluster is { } cluster ? $$"""{"interactive":false,"cluster":{{cluster}}}""" : """{"interactive":false}""";
        process.StartInfo.Environment["KUBERNETES_EXEC_INFO"] =
            $$"""{"kind":"ExecCredential","apiVersion":"{{options.ApiVersion}}","spec":{{spec}}}""";
        foreach (var (name, value) in options.Environment)
            process.StartInfo.Environment[name] = value;
        try
        {
            process.Start();
        }
        catch (Exception e) when (e is Win32Exception or IOException or InvalidOperationException)
        {
            throw new SignInException(
                $"the program '{options.Command}' that gives credentials cannot be started: {e.Message} "
                    + $"({origin}){(options.InstallHint is { } hint ? "; " + hint.Trim() : "; install it, or correct 'command'")}",
                cause: e
            );
        }

        process.StandardInput.Close();
        using var stop = cancellationToken.Register(() => Kill(process));
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        var output = await process.StandardOutput.ReadToEndAsync(CancellationToken.None).ConfigureAwait(false);
        var said = (await errors.ConfigureAwait(false)).Trim();
        await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        if (process.ExitCode != 0)
            throw new SignInException(
                $"the program '{options.Command}' gave no credentials (exit code "
                    + $"{process.ExitCode}){(said.Length > 0 ? $": {LastLine(said)}" : string.Empty)} ({origin})"
            );
        return Parse(output);
    }

    private KubeCredential Parse(string output)
    {
        try
        {
            using var json = JsonDocument.Parse(output);
            var status = json.RootElement.Member("status");
            if (json.RootElement.Text("apiVersion") is { } version && version != options.ApiVersion)
                throw new SignInException(
                    $"the program '{options.Command}' speaks {version}, and the kubeconfig says {options.ApiVersion}; correct one of "
                        + $"them ({origin})"
                );
            var token = status.Text("token");
            var certificate = status.Text("clientCertificateData");
            if (token is null && certificate is null)
                throw new SignInException($"the program '{options.Command}' gave neither a token nor a certificate ({origin})");
            return new KubeCredential
            {
                Origin = origin,
                Authorization = token is null ? null : "Bearer " + token,
                Certificates = certificate is null
                    ? []
                    : Pem.Client(certificate, status.Text("clientKeyData") ?? throw new CryptographicException("it has no key")),
                Expires = DateTimeOffset.TryParse(
                    status.Text("expirationTimestamp"),
                    CultureInfo.InvariantCulture,
                    DateTimeStyles.AssumeUniversal,
                    out var expiry
                )
                    ? expiry
                    : null,
            };
        }
        catch (Exception e) when (e is JsonException or CryptographicException or ArgumentException)
        {
            // What it printed may be a secret, and what is wrong with JSON quotes it: neither is shown.
            throw new SignInException(
                $"what the program '{options.Command}' printed is no "
                    + $"ExecCredential{(e is JsonException ? string.Empty : $": {e.Message}")} ({origin})"
            );
        }
    }

    private static string LastLine(string text) => text[(text.LastIndexOf('\n') + 1)..].Trim();

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself.
        }
    }
}
