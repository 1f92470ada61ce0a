using System.Diagnostics;
using System.Globalization;
using System.Text;
using Kops.Vfs.Drivers;
using Xunit;

namespace Kops.Vfs.Conformance.Races;

/// <summary>
/// A race of processes: each counts up in one object, with many writers at once. The processes are the test program itself, which
/// its <c>Main</c> hands over to <see cref="TryRunAsync"/>.
/// </summary>
public static class Counter
{
    private const string Key = "counter";
    private const string Command = "count";
    private const int Processes = 2;
    private const int Writers = 8;
    private const int Increments = 50;

    /// <summary>Counts, where the program was started for that.</summary>
    /// <param name="args">The program's arguments.</param>
    /// <param name="open">Opens a client of the store that is named.</param>
    /// <returns>False when the program was started for something else.</returns>
    public static async Task<bool> TryRunAsync(string[] args, Func<string, IStoreDriver> open)
    {
        if (args is not [Command, var store])
            return false;
        await Task.WhenAll(
            Enumerable
                .Range(0, Writers)
                .Select(_ =>
                    Task.Run(async () =>
                    {
                        await using var driver = open(store);
                        for (var i = 0; i < Increments; i++)
                            await IncrementAsync(driver);
                    })
                )
        );
        return true;
    }

    /// <summary>Races, and asserts that no increment is lost.</summary>
    /// <param name="driver">A client of the store, which is empty.</param>
    /// <param name="store">What a child process is to open.</param>
    /// <param name="environment">What it needs for that.</param>
    /// <param name="cancellationToken">The test's.</param>
    public static async Task RaceAsync(
        IStoreDriver driver,
        string store,
        IReadOnlyDictionary<string, string> environment,
        CancellationToken cancellationToken
    )
    {
        await driver.PutAsync(Key, ObjectBody.FromBytes("0"u8.ToArray()), WriteCondition.IfAbsent, cancellationToken);

        await Task.WhenAll(Enumerable.Range(0, Processes).Select(_ => RunChildAsync(store, environment, cancellationToken)));

        var total = await ObjectContent.ReadAsync((await driver.OpenReadAsync(Key, cancellationToken))!, cancellationToken);
        Assert.Equal($"{Processes * Writers * Increments}", total.Text);
    }

    private static async Task IncrementAsync(IStoreDriver driver)
    {
        for (var tries = 1; ; tries++)
        {
            var old = await ObjectContent.ReadAsync((await driver.OpenReadAsync(Key, CancellationToken.None))!, CancellationToken.None);
            var next = ObjectBody.FromBytes(Encoding.UTF8.GetBytes($"{int.Parse(old.Text, CultureInfo.InvariantCulture) + 1}"));
            if ((await driver.PutAsync(Key, next, WriteCondition.IfMatch(old.Version), CancellationToken.None)).Succeeded)
                return;
            await Task.Delay(Random.Shared.Next(Math.Min(tries, 10) * 30));
        }
    }

    private static async Task RunChildAsync(
        string store,
        IReadOnlyDictionary<string, string> environment,
        CancellationToken cancellationToken
    )
    {
        using var child = new Process
        {
            StartInfo = new ProcessStartInfo(Environment.ProcessPath!, [Command, store])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        foreach (var (name, value) in environment)
            child.StartInfo.Environment[name] = value;
        child.Start();
        var output = child.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = child.StandardError.ReadToEndAsync(cancellationToken);
        await child.WaitForExitAsync(cancellationToken);
        Assert.True(child.ExitCode == 0, await output + await errors);
    }
}
